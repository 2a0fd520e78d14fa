# fix wrap-in-lock: self.calls
import asyncio


class TestServer:
    calls = 0

    async def call(self):
        calls = self.calls
        print(calls)
        await asyncio.sleep(0)
        self.calls = calls + 1
