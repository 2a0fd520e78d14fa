# fix wrap-in-lock: self.total
# Copyright by somebody
"""Counts."""
from __future__ import annotations

import asyncio

MORE = 1


class Queue:
    def __init__(self) -> None:
        self.total = 0
        self._lock = asyncio.Lock()

    async def add(self, fetch) -> None:
        async with self._lock:
            total = self.total
            print(total)
            await fetch()
            self.total = total + MORE
