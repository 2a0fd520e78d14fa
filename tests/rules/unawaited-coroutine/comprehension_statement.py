"""A fan-out written as a comprehension that nothing awaits."""
import asyncio


async def notify(channel):
    await asyncio.sleep(0)
    return channel


async def alert(channels, urgent):
    [notify(channel) for channel in channels]  # want unawaited-coroutine: notify
    urgent and notify("pager")  # want unawaited-coroutine: notify
    notify("mail") if urgent else notify("log")  # want unawaited-coroutine want unawaited-coroutine
