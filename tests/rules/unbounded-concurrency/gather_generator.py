import asyncio

import aiohttp


async def sizes(session: aiohttp.ClientSession, urls):
    async def size(url):
        async with session.head(url) as response:
            return int(response.headers["content-length"])

    return await asyncio.gather(*(size(url) for url in urls))  # want unbounded-concurrency: urls
