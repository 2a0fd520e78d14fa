# fix keep-local: current_user
# prints ['ann', 'bob']
import asyncio

current_user = None


async def handle(user, log):
    global current_user
    current_user = user
    await asyncio.sleep(0)
    é = "é"; log.append(user)


async def main():
    log = []
    await asyncio.gather(handle("ann", log), handle("bob", log))
    print(log)


asyncio.run(main())
