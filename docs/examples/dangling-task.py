import asyncio


async def send(mail):
    await asyncio.sleep(1)
    print("sent", mail)


async def receive(mail):
    asyncio.create_task(send(mail))
