import asyncio

import aiohttp


async def fetch(session, url):
    async with session.get(url) as answer:
        return await answer.text()


async def crawl(session: aiohttp.ClientSession, urls):
    return await asyncio.gather(*(fetch(session, url) for url in urls))
