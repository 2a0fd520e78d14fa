import asyncio

import httpx


async def fetch_all(client: httpx.AsyncClient, urls: list[str]) -> list[str]:
    semaphore = asyncio.Semaphore(5)

    async def fetch(url: str) -> str:
        return (await client.get(url)).text

    async def fetch_one(url: str) -> str:
        async with semaphore:
            return await fetch(url)

    return await asyncio.gather(*(fetch_one(url) for url in urls))
