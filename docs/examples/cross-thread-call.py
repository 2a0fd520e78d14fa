import asyncio
import threading

queue = asyncio.Queue()


def read_device():
    while True:
        queue.put_nowait(1)


async def main():
    threading.Thread(target=read_device).start()
    while True:
        print(await queue.get())


asyncio.run(main())
