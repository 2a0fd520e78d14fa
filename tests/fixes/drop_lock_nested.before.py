# fix drop-lock
# prints 1
import asyncio


class Store:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.saved = 0

    async def save(self):
        async with self._lock:
            if not self.saved:
                async with self._lock:  # again

                    text = """é
                    as it is"""
                    await asyncio.sleep(0)
                    self.saved = len(text[:1])


async def main():
    store = Store()
    try:
        await asyncio.wait_for(store.save(), 0.1)
    except asyncio.TimeoutError:
        pass
    print(store.saved)


asyncio.run(main())
