# fix share-in-flight: self._rows[key]
# prints 2
from asyncio import create_task, gather, run, shield, sleep


class Rows:
	def __init__(self):
		self._rows: dict[str, str] = {}
		self._rows_pending: dict = {}
		self.loads = 0

	async def get(self, key):
		if key not in self._rows:
			running = self._rows_pending.get(key)
			if running is None:
				async def work():
					try:
						self.loads += 1; value = await sleep(0, "Zoë")
						self._rows[key] = value  # kept
					finally:
						del self._rows_pending[key]

				running = self._rows_pending[key] = create_task(work())
			await shield(running)
		return self._rows[key]


async def main():
	rows = Rows()
	await gather(rows.get("a"), rows.get("a"), rows.get("b"))
	print(rows.loads)


run(main())