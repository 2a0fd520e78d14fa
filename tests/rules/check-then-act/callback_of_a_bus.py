"""A bus calls its callbacks for every event, whether the last call has ended or not."""
import asyncio


class Store:
    def __init__(self, bus):
        self.bus = bus

    async def watch(self, keys):
        updates = asyncio.Queue()
        done = False

        async def on_update(message):
            nonlocal done
            await updates.put(message)
            if message.pending == 0 and not done:
                await updates.put(None)
                done = True  # want check-then-act: done

        return await self.bus.subscribe(keys, on_update)
