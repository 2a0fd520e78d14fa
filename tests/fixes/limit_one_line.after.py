# fix limit-concurrency: urls
import asyncio

import httpx

CONCURRENCY_LIMIT = 10

http = httpx.AsyncClient()


async def fetch_all(urls):
    semaphore = asyncio.Semaphore(CONCURRENCY_LIMIT)

    async def limited(work, *arguments):
        async with semaphore:
            return await work(*arguments)

    return await asyncio.gather(*[limited(http.get, url) for url in urls])
