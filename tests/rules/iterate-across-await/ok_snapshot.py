import asyncio

clients = {}


async def broadcast():
    for client in list(clients.values()):
        await asyncio.sleep(0)
        print(client)


async def join(name):
    await asyncio.sleep(0)
    clients[name] = name


async def main():
    clients["a"] = "a"
    await asyncio.gather(broadcast(), join("b"))


asyncio.run(main())
