# fix wrap-in-lock: VISITS
# prints 9
import trio

VISITS = 0


async def record():
	global VISITS
	seen = VISITS
	print(seen)
	await trio.sleep(0)
	VISITS = seen + 1


async def main():
	async with trio.open_nursery() as nursery:
		for _ in range(10):
			nursery.start_soon(record)


trio.run(main)
