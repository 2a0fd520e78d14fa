# fix limit-concurrency: urls
from asyncio import create_task, gather

import httpx

LIMITED = 1


async def fetch_all(client: httpx.AsyncClient, urls):
	def limited():
		return LIMITED

	tasks = []
	if urls:
		for url in urls: tasks.append(create_task(client.get(url)))
	return await gather(*tasks), limited()
