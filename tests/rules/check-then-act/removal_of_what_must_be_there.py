"""The same without a default: another drain takes the last letter meanwhile."""


class Mailbox:
    def __init__(self):
        self.letters = {}

    def put(self, key, letter):
        self.letters[key] = letter

    async def drain(self, stream):
        while self.letters:
            await stream.ready()
            self.letters.popitem()  # want check-then-act: self.letters (medium)
