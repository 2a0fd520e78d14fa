"""An event loop whose clock leaps to the next timer when nothing else is to be done.

What a program prints does not depend on how busy the machine is, and nobody waits. Where other threads run, they get
some time first.
"""

from __future__ import annotations

import asyncio
import selectors
import threading

STEP, STEPS = 0.01, 200  # seconds for other threads


class _Selector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list:
        if timeout is None:
            return super().select(None)
        events = super().select(0)
        for _ in range(STEPS if timeout else 0):
            if events or threading.active_count() == 1:
                break
            events = super().select(STEP)
        if not events:
            self.now += max(0.0, timeout)
        return events


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


class Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = _Loop
