# fix wrap-in-lock
# prints Oslo Rome
import asyncio


class Client:
    def __init__(self):
        self.params = None

    async def query(self, params):
        self.params = params
        await asyncio.sleep(0)
        return self.send()

    def send(self):
        return self.params


async def main():
    client = Client()
    print(*await asyncio.gather(client.query("Oslo"), client.query("Rome")))


asyncio.run(main())
