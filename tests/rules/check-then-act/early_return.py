import asyncio


class Connection:
    def __init__(self):
        self.closed = False

    async def flush(self):
        print("flushing")
        await asyncio.sleep(0)

    async def close(self):
        if self.closed:
            return
        await self.flush()
        self.closed = True  # want check-then-act: self.closed (high)


async def main():
    connection = Connection()
    await asyncio.gather(connection.close(), connection.close())


asyncio.run(main())
