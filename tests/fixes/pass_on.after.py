# fix pass-on
# prints GET Oslo GET Rome
import asyncio


class Client:
    def __init__(self):
        self._city = ""

    async def query(self, city):
        self._city = city
        await asyncio.sleep(0)
        return await self._send("GET", city)  # one of them

    async def _send(self, verb, city):
        return f"{verb} {city}"


async def main():
    client = Client()
    print(*await asyncio.gather(client.query("Oslo"), client.query("Rome")))


asyncio.run(main())
