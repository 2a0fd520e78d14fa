import asyncio

done = asyncio.Event()


def work():
    done.set()  # want cross-thread-call


async def main():
    await asyncio.to_thread(work)
    await done.wait()
