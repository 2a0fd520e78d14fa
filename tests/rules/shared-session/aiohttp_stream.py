import asyncio

import aiohttp


async def split(reader: aiohttp.StreamReader):
    return await asyncio.gather(reader.read(10), reader.readline())  # want shared-session


async def in_turn(reader: aiohttp.StreamReader):
    head = await reader.readline()
    return head, await reader.read(10)
