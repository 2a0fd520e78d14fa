import asyncio

import boto3
import ollama
import websockets
from aiobotocore.session import get_session
from aiokafka import AIOKafkaConsumer

from shop.models import Item


async def commit(offsets):
    consumer = AIOKafkaConsumer("orders")
    await asyncio.gather(*[consumer.commit(offset) for offset in offsets])  # want unbounded-concurrency


async def ask(questions):
    model = ollama.AsyncClient()
    return await asyncio.gather(*[model.chat("llama", question) for question in questions])  # want unbounded-concurrency


async def tell(messages):
    socket = await websockets.connect("ws://localhost")
    await asyncio.gather(*[socket.send(message) for message in messages])  # want unbounded-concurrency


async def delete(keys):
    store = boto3.client("s3")

    async def one(key):
        await asyncio.to_thread(lambda: store.delete_object(Key=key))
        store.head_object(Key=key)

    await asyncio.gather(*[one(key) for key in keys])  # want unbounded-concurrency


async def buckets(names):
    session = get_session()
    await asyncio.gather(*[session.create_client(name) for name in names])  # want unbounded-concurrency


async def update(rows):
    await asyncio.gather(*[Item.objects.aupdate_or_create(key=row) for row in rows])  # want unbounded-concurrency
