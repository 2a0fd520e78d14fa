# fix async-lock
"""Quotas."""
import json
import threading


class Quota:
	def __init__(self, store) -> None:
		self.store = store
		self.lock = threading.RLock()
		self.used = 0

	async def spend(self) -> None:
		with self.lock:
			used = self.used
			await self.store.save(json.dumps({"used": used}))
			self.used = used + 1

	async def free(self) -> None:
		self.lock.acquire()
		self.used -= 1
		self.lock.release()

	def look(self) -> int:
		é = "é"
		# under the lock
		with self.lock: used = self.used
		with self.lock:  # once more

			if é:
				return used
		return 0
