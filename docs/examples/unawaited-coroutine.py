import asyncio


async def notify(user):
    await asyncio.sleep(0)
    print("hello", user)


async def sign_up(user):
    notify(user)
