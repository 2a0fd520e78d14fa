"""The loop drops what its callbacks return."""
import asyncio
import signal


async def stop():
    await asyncio.sleep(0)


def stop_later():
    return asyncio.ensure_future(stop())  # want dangling-task: asyncio.ensure_future


def main(loop):
    loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(stop()))  # want dangling-task
    loop.call_later(1, lambda: loop.create_task(stop()))  # want dangling-task: loop.create_task
    loop.call_soon(stop_later)
