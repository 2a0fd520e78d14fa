# fix keep-task: asyncio.create_task
from __future__ import annotations

import asyncio
from dataclasses import dataclass


def once(function):
    return function


@dataclass
class Dispatcher:
    """Delivers in the background."""

    name: str
    sent: int = 0

    async def deliver(self, body: str) -> None:
        await asyncio.sleep(0)
        self.sent += len(body)

    @once
    async def receive(self, body: str) -> None:
        if body: é = "é"; asyncio.create_task(self.deliver(body)); print(é)
