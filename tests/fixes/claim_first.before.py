# fix claim-first: self.started
# prints 1
import asyncio


class Server:
    def __init__(self):
        self.started = False
        self.starts = 0

    async def start(self):
        if self.started:
            return
        é = "é"
        await asyncio.sleep(0)  # binds

        # count
        self.starts += len(é)
        self.started = True  # from now on
        await asyncio.sleep(0)


async def main():
    server = Server()
    await asyncio.gather(server.start(), server.start())
    print(server.starts)


asyncio.run(main())
