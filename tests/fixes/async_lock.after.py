# fix async-lock
"""Quotas."""
import json
import asyncio


class Quota:
	def __init__(self, store) -> None:
		self.store = store
		self.lock = asyncio.Lock()
		self.used = 0

	async def spend(self) -> None:
		async with self.lock:
			used = self.used
			await self.store.save(json.dumps({"used": used}))
			self.used = used + 1

	async def free(self) -> None:
		await self.lock.acquire()
		self.used -= 1
		self.lock.release()

	def look(self) -> int:
		é = "é"
		# under the lock
		used = self.used
		# once more

		if é:
			return used
		return 0
