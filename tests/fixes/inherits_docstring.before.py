# fix wrap-in-lock: self.total
import asyncio
from typing import Iterable

class Named(Iterable[str]): pass

class Counter(list[int]):
	"""Counts."""
	async def add(self):
		total = self.total
		print(total, "é"); await asyncio.sleep(0)
		self.total = total + 1
