# fix undo-always: self.active
class Pool:
	def __init__(self, limit):
		self.limit = limit
		self.active = 0

	async def run(self, work):
		if self.active >= self.limit:
			raise RuntimeError("full")
		self.active += 1
		try:
			result = await work()
		finally:
			self.active -= 1
		return result