import asyncio

log = []


async def restart():
    log.clear()
    await asyncio.sleep(0)
    log.append("restarted")


async def main():
    await restart()
    print(log)


asyncio.run(main())
