# fix exclusive-open
# prints 1
import asyncio
import os
import tempfile


async def take(path):
    if os.path.exists(path):
        return False
    await asyncio.sleep(0)
    with open(path, "w") as file:
        file.write("mine")
    return True


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lock")
        taken = await asyncio.gather(take(path), take(path), return_exceptions=True)
        print(taken.count(True))


asyncio.run(main())
