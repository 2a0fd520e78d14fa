import asyncio

import boto3
import trio
from aiobotocore.session import AioSession
from websockets.asyncio.client import connect


async def make_clients(names):
    session = AioSession()
    await asyncio.gather(*[session.create_client(name) for name in names])  # want unbounded-concurrency


async def put(items):
    table = boto3.resource("dynamodb")

    async def one(item):
        table.put_item(Item=item)
        await asyncio.to_thread(table.get_item, Key=item)

    await asyncio.gather(*[one(item) for item in items])  # want unbounded-concurrency


async def open_all(addresses):
    await asyncio.gather(*[connect(address) for address in addresses])  # want unbounded-concurrency


async def greet(addresses):
    async def one(address):
        await connect(address)

    async with trio.open_nursery() as nursery:
        for address in addresses:
            nursery.start_soon(one, address)  # want unbounded-concurrency
