import asyncio

import aiohttp

limit = asyncio.Semaphore(20)


async def status(session: aiohttp.ClientSession, url: str) -> int:
    async with limit:
        async with session.get(url) as response:
            return response.status


async def statuses(session: aiohttp.ClientSession, urls: list[str]) -> list[int]:
    return await asyncio.gather(*[status(session, url) for url in urls])
