"""Seats of a theatre."""
import asyncio

free = {"A1"}


async def pay():
    await asyncio.sleep(0.001)


async def book(seat):
    if seat not in free:
        return False
    free.discard(seat)
    await pay()
    return True


async def main():
    return await asyncio.gather(book("A1"), book("A1"))


if __name__ == "__main__":
    print(asyncio.run(main()))
