"""A client of a rate-limited service."""
import asyncio


class Client:
    def __init__(self):
        self._params = {}
        self.sent = []

    async def _throttle(self):
        await asyncio.sleep(0.001)

    async def query(self, **params):
        self._params = params
        await self._throttle()
        return await self._send()

    async def _send(self):
        self.sent.append(self._params)
        return self._params["city"]


async def main():
    client = Client()
    return await asyncio.gather(client.query(city="Oslo"), client.query(city="Rome"))


if __name__ == "__main__":
    print(asyncio.run(main()))
