import asyncio

import aiohttp


async def fetch_all(urls: list[str]) -> list[int]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=8)) as session:

        async def status(url: str) -> int:
            async with session.get(url) as response:
                return response.status

        return await asyncio.gather(*(status(url) for url in urls))
