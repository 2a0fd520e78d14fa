import asyncio
import threading


class Watchdog:
    def __init__(self, task: asyncio.Task, seconds: float) -> None:
        self._task = task
        self._timer = threading.Timer(seconds, self._expire)

    def start(self) -> None:
        self._timer.start()

    def _expire(self) -> None:
        self._task.cancel()  # want cross-thread-call
