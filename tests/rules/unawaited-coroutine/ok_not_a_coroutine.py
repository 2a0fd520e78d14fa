"""Names that are asynchronous in one place and plain in another."""
import asyncio

try:
    from fast import flush
except ImportError:

    async def flush():
        await asyncio.sleep(0)


class Channel:
    async def close(self):
        await asyncio.sleep(0)


class PlainChannel(Channel):
    def close(self):
        print("closed")


async def ticks():
    yield 1


class Session:
    def __init__(self, hook):
        self.notify = hook

    async def notify(self):
        await asyncio.sleep(0)

    async def stop(self, channel: Channel):
        flush()
        channel.close()
        ticks()
        self.notify()
        asyncio.gather(channel.wait())
