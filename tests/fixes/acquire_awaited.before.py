# fix add-await: lock
# prints 2
import asyncio

lock = asyncio.Lock()
count = 0


async def add():
    global count
    lock.acquire()
    try:
        seen = count
        await asyncio.sleep(0)
        count = seen + 1
    finally:
        lock.release()


async def main():
    await asyncio.gather(add(), add(), return_exceptions=True)
    print(count)


asyncio.run(main())
