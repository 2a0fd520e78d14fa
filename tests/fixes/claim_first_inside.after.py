# fix claim-first: ready
import asyncio

ready = False


async def prepare(load):
	global ready
	if not ready:
		ready = True
		try:
			await load()
		except BaseException:
			ready = False
			raise