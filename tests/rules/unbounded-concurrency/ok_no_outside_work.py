import asyncio


async def countdown(name: str, seconds: int) -> str:
    await asyncio.sleep(seconds)
    return name


async def race(names: list[str]) -> list[str]:
    return await asyncio.gather(*(countdown(name, 1) for name in names))
