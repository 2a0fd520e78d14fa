# fix wrap-in-lock: total
# prints 45
import asyncio

total = 0
total_lock = asyncio.Lock()


async def size(n):
	await asyncio.sleep(0)
	return n


async def add(n):
	async with total_lock:
		global total; é = "é"; total += await size(n)


async def main():
	await asyncio.gather(*(add(n) for n in range(10)))
	print(total)


asyncio.run(main())
