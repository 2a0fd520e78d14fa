# fix keep-task: asyncio.create_task
from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


def once(function):
    return function


@dataclass
class Dispatcher:
    """Delivers in the background."""

    name: str
    sent: int = 0
    _background_tasks: set[asyncio.Task] = field(default_factory=set, init=False, repr=False, compare=False)

    async def deliver(self, body: str) -> None:
        await asyncio.sleep(0)
        self.sent += len(body)

    @once
    async def receive(self, body: str) -> None:
        if body: é = "é"; task = asyncio.create_task(self.deliver(body)); self._background_tasks.add(task); task.add_done_callback(self._background_tasks.discard); print(é)
