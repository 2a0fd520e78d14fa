"""A loop runs while there is anything; what it drops need not be there."""


class Mailbox:
    def __init__(self):
        self.letters = {}
        self.seen = set()

    def put(self, key, letter):
        self.letters[key] = letter
        self.seen.add(key)

    async def drain(self, stream):
        while self.letters:
            key = await stream.next_key()
            self.letters.pop(key, None)

    async def forget(self, stream):
        if len(self.seen) > 100:
            self.seen.discard(await stream.next_key())
