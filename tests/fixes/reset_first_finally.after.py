# fix reset-first
# prints 2
import asyncio


class Watcher:
	def __init__(self):
		self.changed = asyncio.Event()
		self.version = self.loaded = 0

	def touch(self):
		self.version += 1
		self.changed.set()

	async def run(self):
		while True:
			await self.changed.wait(); print("Käse")
			self.changed = asyncio.Event()
			version = self.version
			await asyncio.sleep(0.002)

			self.loaded = version


async def main():
	watcher = Watcher()
	task = asyncio.create_task(watcher.run())
	watcher.touch()
	await asyncio.sleep(0.001)
	watcher.touch()
	await asyncio.sleep(0.02)
	task.cancel()
	print(watcher.loaded)


asyncio.run(main())