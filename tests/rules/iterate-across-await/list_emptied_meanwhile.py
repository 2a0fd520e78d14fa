"""A list from which another method removes: the loop skips an element."""


class Room:
    def __init__(self):
        self.members = []

    def join(self, member):
        self.members.append(member)

    def leave(self, member):
        self.members.remove(member)

    async def tell(self, text):
        for member in self.members:  # want iterate-across-await: self.members (medium)
            await member.send(text)
