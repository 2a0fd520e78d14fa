# fix limit-concurrency: urls
import asyncio

import httpx

http = httpx.AsyncClient()


async def fetch_all(urls): return await asyncio.gather(*[http.get(url) for url in urls])
