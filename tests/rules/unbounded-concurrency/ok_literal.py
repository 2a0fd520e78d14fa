import asyncio

import httpx

MIRRORS = ["https://a.example", "https://b.example", "https://c.example"]


async def fastest(client: httpx.AsyncClient, path: str):
    heads = await asyncio.gather(*(client.head(mirror + path) for mirror in MIRRORS))
    pages = await asyncio.gather(*[client.get(path, params={"page": page}) for page in range(1, 5)])
    both = await asyncio.gather(*(client.get(path + suffix) for suffix in ("/a", "/b")))
    return heads, pages, both
