# fix wrap-in-lock: VISITS
# prints 9
import trio

VISITS = 0
VISITS_LOCK = trio.Lock()


async def record():
	global VISITS
	async with VISITS_LOCK:
		seen = VISITS
		print(seen)
		await trio.sleep(0)
		VISITS = seen + 1


async def main():
	async with trio.open_nursery() as nursery:
		for _ in range(10):
			nursery.start_soon(record)


trio.run(main)
