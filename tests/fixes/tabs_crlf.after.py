# fix wrap-in-lock: seats
# prints 1
import asyncio

seats = 1
seats_lock = asyncio.Lock()
sold = 0


async def sell():
	global seats, sold
	async with seats_lock:
		if seats > 0:
			await asyncio.sleep(0)

			seats -= 1
			sold += 1


async def main():
	await asyncio.gather(sell(), sell())
	print(sold)


asyncio.run(main())