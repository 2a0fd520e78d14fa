# fix wrap-in-lock: self.total
# Copyright by somebody
"""Counts."""
from __future__ import annotations

MORE = 1


class Queue:
    def __init__(self) -> None:
        self.total = 0

    async def add(self, fetch) -> None:
        total = self.total
        print(total)
        await fetch()
        self.total = total + MORE
