# refuses add-await: not async
import asyncio


async def save(name):
    await asyncio.sleep(0)
    print(name)


class Form:
    def submit(self):
        save("a")
