import asyncio
import threading


class Scanner:
    def __init__(self, device) -> None:
        self._device = device

    def _scan(self, done: asyncio.Future) -> None:
        done.set_result(self._device.scan())  # want cross-thread-call

    async def scan(self):
        done = asyncio.get_running_loop().create_future()
        threading.Thread(target=self._scan, args=(done,)).start()
        return await done
