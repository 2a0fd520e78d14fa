import asyncio
import os


async def main() -> None:
    if not os.path.exists("cache"):
        await asyncio.sleep(0)
        os.mkdir("cache")


if __name__ == "__main__":
    asyncio.run(main())
