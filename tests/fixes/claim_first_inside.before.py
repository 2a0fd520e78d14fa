# fix claim-first: ready
import asyncio

ready = False


async def prepare(load):
	global ready
	if not ready:
		await load()
		ready = True