# fix share-lock
# prints 2
import asyncio

total = 0


def guard():
	return asyncio.Lock()


async def add():
	global total
	async with guard():
		seen = total
		await asyncio.sleep(0)
		total = seen + 1


async def main():
	await asyncio.gather(add(), add())
	print(total)


asyncio.run(main())
