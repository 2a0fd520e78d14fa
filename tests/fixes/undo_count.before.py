# fix undo-always: self.active
class Pool:
	def __init__(self, limit):
		self.limit = limit
		self.active = 0

	async def run(self, work):
		if self.active >= self.limit:
			raise RuntimeError("full")
		self.active += 1
		result = await work()
		self.active -= 1
		return result