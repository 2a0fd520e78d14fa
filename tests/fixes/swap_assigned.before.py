# fix build-then-swap: rates
# prints 1
import asyncio

rates = {"EUR": 1}


async def reload():
	global rates
	rates = {}
	for name in ("EUR", "USD"):
		await asyncio.sleep(0)
		rates[name] = 1


async def convert(name):
	await asyncio.sleep(0)
	return rates.get(name)


async def main():
	_, found = await asyncio.gather(reload(), convert("USD"))
	_, found = await asyncio.gather(reload(), convert("USD"))
	print(found)


asyncio.run(main())
