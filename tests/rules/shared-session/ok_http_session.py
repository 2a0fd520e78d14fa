import asyncio

import aiohttp


async def pages(urls):
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(session.get(urls[0]), session.get(urls[1]))
