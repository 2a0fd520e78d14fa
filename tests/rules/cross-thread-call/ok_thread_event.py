import asyncio
import threading


class Worker:
    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._stop.wait(1)
        self._stop.set()

    async def stop(self) -> None:
        self._stop.set()
        await asyncio.to_thread(self._thread.join)
