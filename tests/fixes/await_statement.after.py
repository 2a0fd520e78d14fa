# fix add-await: save
# prints ['a']
import asyncio

saved = []


async def save(name):
    saved.append(name)


async def main():
    if True: name = "ä"; await save("a")  # kept
    await asyncio.sleep(0)
    print(saved)


asyncio.run(main())
