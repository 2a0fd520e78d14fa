"""A local of a function that never ends keeps its task."""
import asyncio


async def heartbeat(bus):
    while True:
        await bus.send("alive")
        await asyncio.sleep(1)


async def serve(bus):
    beat = asyncio.create_task(heartbeat(bus))
    while True:
        message = await bus.receive()
        await bus.answer(message)
