# fix add-await: is_free
# prints None
import asyncio


async def is_free(seat):
    await asyncio.sleep(0)
    return seat > 9


async def choose(seats):
    def label(seat):
        return f"{seat}"

    if any([not await is_free(seat) for seat in seats]):
        return None
    return label(seats[0])


async def main():
    print(await choose([1, 2]))


asyncio.run(main())
