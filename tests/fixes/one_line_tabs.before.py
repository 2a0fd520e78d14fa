# fix wrap-in-lock: total
# prints 45
import asyncio

total = 0


async def size(n):
	await asyncio.sleep(0)
	return n


async def add(n): global total; é = "é"; total += await size(n)


async def main():
	await asyncio.gather(*(add(n) for n in range(10)))
	print(total)


asyncio.run(main())
