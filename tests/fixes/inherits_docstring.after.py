# fix wrap-in-lock: self.total
import asyncio
from typing import Iterable

class Named(Iterable[str]): pass

class Counter(list[int]):
	"""Counts."""

	def __init__(self, *arguments, **options):
		super().__init__(*arguments, **options)
		self._lock = asyncio.Lock()

	async def add(self):
		async with self._lock:
			total = self.total
			print(total, "é"); await asyncio.sleep(0)
			self.total = total + 1
