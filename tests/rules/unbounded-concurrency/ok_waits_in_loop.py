import asyncio

import httpx


async def fetch_all(client: httpx.AsyncClient, urls: list[str]) -> list[httpx.Response]:
    done = []
    pending = set()
    for url in urls:
        if len(pending) >= 10:
            finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            done += finished
        pending.add(asyncio.create_task(client.get(url)))
    return done + [await task for task in pending]
