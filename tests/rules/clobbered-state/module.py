import asyncio

current_user = None


async def handle(user, log):
    global current_user
    current_user = user
    await asyncio.sleep(0)
    log.append(current_user)  # want clobbered-state: current_user


async def main():
    log = []
    await asyncio.gather(handle("ann", log), handle("bob", log))
    print(log)


asyncio.run(main())
