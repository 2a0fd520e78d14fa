import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(2)
ready = asyncio.Event()


def warm_up(model) -> None:
    model.load()
    announce()


def announce() -> None:
    ready.set()  # want cross-thread-call


async def start(model) -> None:
    pool.submit(warm_up, model)
    await ready.wait()
