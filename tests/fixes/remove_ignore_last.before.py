# fix remove-ignore
import asyncio


class Page:
	visits = 0

	async def visit(self):
		await asyncio.sleep(0)
		self.visits += 1
		# racewise: ignore -- nothing stands below