import asyncio

import boto3
import trio
from aiobotocore.session import AioSession
from websockets.asyncio.client import connect

few = asyncio.Semaphore(8)


async def make_clients(names):
    session = AioSession()

    async def one(name):
        async with few:
            return await session.create_client(name)

    await asyncio.gather(*[one(name) for name in names])


async def put(items):
    table = boto3.resource("dynamodb")
    for item in items:
        await asyncio.to_thread(table.put_item, Item=item)


async def open_all(addresses):
    for address in addresses:
        async with connect(address) as socket:
            await socket.send("hello")


async def greet(addresses):
    limit = trio.CapacityLimiter(8)

    async def one(address):
        async with limit:
            await connect(address)

    async with trio.open_nursery() as nursery:
        for address in addresses:
            nursery.start_soon(one, address)
