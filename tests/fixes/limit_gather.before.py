# fix limit-concurrency: urls
"""Checks links."""
import asyncio

import aiohttp


class Checker:
    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def check(self, url: str, *, timeout: int) -> int:
        async with self._http.get(url, timeout=timeout) as response:
            return response.status

    async def check_all(self, urls: list[str]) -> list[int]:
        print("é")
        # all of them
        return await asyncio.gather(*(self.check(url, timeout=3) for url in urls))
