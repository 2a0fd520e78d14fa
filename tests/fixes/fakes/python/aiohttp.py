"""A session that counts how many requests are under way: `httpx.most` is the most at a time."""

import contextlib

import httpx


class ClientSession:
    @contextlib.asynccontextmanager
    async def get(self, url, timeout):
        yield await httpx.AsyncClient().get(url)
