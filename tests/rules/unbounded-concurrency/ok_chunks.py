import asyncio

import httpx


async def fetch_all(client: httpx.AsyncClient, urls: list[str]) -> list[httpx.Response]:
    responses = []
    for start in range(0, len(urls), 10):
        responses += await asyncio.gather(*[client.get(url) for url in urls[start : start + 10]])
    return responses
