# fix recheck-after-await: self.members
# prints 2
import asyncio


class Room:
    def __init__(self, limit):
        self.limit = limit
        self.members = set()

    async def join(self, user):
        if len(self.members) >= self.limit:
            return False
        await asyncio.sleep(0)
        # welcome
        self.members.add(user)
        return True

    def leave(self, user):
        self.members.discard(user)


async def main():
    room = Room(2)
    await asyncio.gather(*(room.join(user) for user in "abcd"))
    room.leave("x")
    print(len(room.members))


asyncio.run(main())
