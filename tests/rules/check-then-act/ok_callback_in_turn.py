"""A subscription of NATS calls its callback for one message after the other."""
import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nats.js import JetStreamContext


class Store:
    def __init__(self, js: "JetStreamContext"):
        self.js = js

    async def watch(self, keys):
        updates = asyncio.Queue()
        done = False

        async def on_update(message):
            nonlocal done
            await updates.put(message)
            if message.pending == 0 and not done:
                await updates.put(None)
                done = True

        return await self.js.subscribe(keys, cb=on_update)
