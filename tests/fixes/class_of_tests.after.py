# fix wrap-in-lock: self.calls
import asyncio

calls_lock = asyncio.Lock()


class TestServer:
    calls = 0

    async def call(self):
        async with calls_lock:
            calls = self.calls
            print(calls)
            await asyncio.sleep(0)
            self.calls = calls + 1
