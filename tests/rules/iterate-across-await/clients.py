import asyncio

clients = {}


async def send(client):
    await asyncio.sleep(0)


async def broadcast():
    for client in clients.values():  # want iterate-across-await: clients (high)
        await send(client)


async def join(name):
    await asyncio.sleep(0)
    clients[name] = name  # conflict


async def main():
    clients["a"] = "a"
    await asyncio.gather(broadcast(), join("b"))


asyncio.run(main())
