# fix split-locked
import asyncio

lock = asyncio.Lock()
entries = []


async def add(entry):
	async with lock:
		await asyncio.sleep(0)
		entries.append(entry)


async def add_all(*many):
	async with lock:
		for entry in many: await add(entry)