# fix snapshot: self.sockets
# safe yes
# prints 6
import asyncio


class Hub:
    def __init__(self):
        self.sockets = {1, 2, 3}
        self.sent = 0

    async def broadcast(self):
        # everybody who is there
        for ünit in self.sockets:  # one by one
            await asyncio.sleep(0)
            self.sent += 1

    async def join(self, socket):
        await asyncio.sleep(0)
        self.sockets.add(socket)


async def main():
    hub = Hub()
    await asyncio.gather(hub.broadcast(), hub.broadcast(), hub.join(4), return_exceptions=True)
    print(hub.sent)


asyncio.run(main())
