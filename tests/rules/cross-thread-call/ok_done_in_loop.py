import asyncio


class Scanner:
    def __init__(self, device) -> None:
        self._device = device
        self.found = 0

    def _scan(self):
        return self._device.scan()

    async def scan(self) -> None:
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        found = await loop.run_in_executor(None, self._scan)
        self.found += len(found)
        done.set_result(found)
        await done
