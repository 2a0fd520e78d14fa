import asyncio

sessions = {"ann": 1}


async def log(user):
    await asyncio.sleep(0)


async def logout(user):
    if user in sessions:
        await log(user)
        del sessions[user]  # want check-then-act


async def main():
    await asyncio.gather(logout("ann"), logout("ann"))


asyncio.run(main())
