# fix reset-first
# prints ['a', 'b']
import asyncio

arrived = asyncio.Event()
letters = []
read = []


async def reader():
    while len(read) < 2:
        try:
            await asyncio.wait_for(arrived.wait(), 0.01)
        except asyncio.TimeoutError:
            break  # nothing came
        arrived.clear()
        # What is there.
        for letter in letters[len(read):]:
            await asyncio.sleep(0.002)
            read.append(letter)
        # for the next


async def send(letter, delay):
    await asyncio.sleep(delay)
    letters.append(letter)
    arrived.set()


async def main():
    await asyncio.gather(reader(), send("a", 0), send("b", 0.001))
    print(read)


asyncio.run(main())
