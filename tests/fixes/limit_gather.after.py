# fix limit-concurrency: urls
"""Checks links."""
import asyncio

import aiohttp

CONCURRENCY_LIMIT = 10


class Checker:
    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def check(self, url: str, *, timeout: int) -> int:
        async with self._http.get(url, timeout=timeout) as response:
            return response.status

    async def check_all(self, urls: list[str]) -> list[int]:
        print("é")
        semaphore = asyncio.Semaphore(CONCURRENCY_LIMIT)

        async def limited(work, *arguments, **options):
            async with semaphore:
                return await work(*arguments, **options)

        # all of them
        return await asyncio.gather(*(limited(self.check, url, timeout=3) for url in urls))
