# fix recheck-after-await: self.ws
# prints closed
import asyncio


class Socket:
    def send(self, text):
        print(text)


class Feed:
    def __init__(self):
        self.ws = Socket()

    async def push(self, text):
        if (
            self.ws
            and text
        ):
            await asyncio.sleep(0)
            self.ws.send(text)
        print("closed")

    async def close(self):
        self.ws = None


async def main():
    feed = Feed()
    await asyncio.gather(feed.push("a"), feed.close(), return_exceptions=True)


asyncio.run(main())
