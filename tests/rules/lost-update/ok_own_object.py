import asyncio


class Tally:
    def __init__(self):
        self.count = 0


async def weigh(word):
    await asyncio.sleep(0)
    return len(word)


async def tally(words):
    result = Tally()
    for word in words:
        result.count += await weigh(word)
    return result.count


async def main():
    print(await asyncio.gather(tally(["a"]), tally(["b", "cc"])))


asyncio.run(main())
