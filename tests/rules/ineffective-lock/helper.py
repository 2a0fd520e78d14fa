import asyncio


def new_lock():
    return asyncio.Lock()


class Store:
    def __init__(self):
        self.value = 0

    async def bump(self):
        async with new_lock():  # want ineffective-lock
            value = self.value
            await asyncio.sleep(0)
            self.value = value + 1
