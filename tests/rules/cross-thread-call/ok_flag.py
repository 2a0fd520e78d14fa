import asyncio
import threading


class Reader:
    def __init__(self, device) -> None:
        self._device = device
        self._running = True
        self.last = None

    def _read(self) -> None:
        while self._running:
            self.last = self._device.read()
        self._running = False

    async def start(self) -> None:
        threading.Thread(target=self._read).start()

    async def stop(self) -> None:
        self._running = False
