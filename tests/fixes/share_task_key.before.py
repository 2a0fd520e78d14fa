# fix share-in-flight: self._rows[key]
# prints 2
from asyncio import gather, run, sleep


class Rows:
	def __init__(self):
		self._rows: dict[str, str] = {}
		self.loads = 0

	async def get(self, key):
		if key not in self._rows:
			self.loads += 1; value = await sleep(0, "Zoë")
			self._rows[key] = value  # kept
		return self._rows[key]


async def main():
	rows = Rows()
	await gather(rows.get("a"), rows.get("a"), rows.get("b"))
	print(rows.loads)


run(main())