# fix release-always: self._slots
# prints 2
import asyncio


class Farm:
	def __init__(self):
		self._slots = asyncio.Semaphore(1)
		self.done = 0

	async def render(self, frame):
		async with self._slots:  # one at a time

			# the frame itself
			text = """é
	left as it is"""
			if frame is None:
				return None
			await asyncio.sleep(1 / frame)
		# the next one
		self.done += 1
		return text


async def main():
	farm = Farm()
	frames = [farm.render(1000), farm.render(0), farm.render(None), farm.render(1000)]
	tasks = [asyncio.create_task(frame) for frame in frames]
	await asyncio.wait(tasks, timeout=1)
	print(farm.done)


asyncio.run(main())
