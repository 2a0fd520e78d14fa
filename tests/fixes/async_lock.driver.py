# prints 2
import asyncio


class Store:
    async def save(self, text):
        await asyncio.sleep(0)


async def main():
    quota = Quota(Store())
    await asyncio.gather(quota.spend(), quota.spend())
    print(quota.used)


asyncio.run(main())
