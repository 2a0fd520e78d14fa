"""The stop is a task of its own only for the sake of its time limit; start and stop come one after the other."""
import asyncio


class Server:
    def __init__(self):
        self.socket = None

    async def _serve(self):
        await self._start()
        await asyncio.sleep(3600)
        await self._stop()

    async def _start(self):
        if self.socket is None:
            self.socket = await asyncio.open_connection("localhost", 80)

    async def _stop(self):
        await asyncio.wait_for(self._close(), timeout=5)

    async def _close(self):
        if self.socket is not None:
            await self.socket.drain()
            self.socket = None


async def main():
    server = Server()
    serving = asyncio.create_task(server._serve())
    await asyncio.sleep(10)
    await serving


asyncio.run(main())
