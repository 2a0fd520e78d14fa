"""A client of a rate-limited service."""
import asyncio


class Client:
    def __init__(self):
        self._params = {}
        self.sent = []

    async def _throttle(self):
        await asyncio.sleep(0.001)

    async def query(self, **params):
        await self._throttle()
        return await self._send(params)

    async def _send(self, params):
        self.sent.append(params)
        return params["city"]


async def main():
    client = Client()
    return await asyncio.gather(client.query(city="Oslo"), client.query(city="Rome"))


if __name__ == "__main__":
    print(asyncio.run(main()))
