import asyncio

counts = {"a": 0}


async def weigh(word):
    await asyncio.sleep(0)
    return 1


async def count(word):
    counts[word] = counts[word] + await weigh(word)  # want lost-update


async def main():
    await asyncio.gather(count("a"), count("a"))
    print(counts)


asyncio.run(main())
