# fix limit-concurrency: urls
from asyncio import Semaphore, create_task, gather

import httpx

CONCURRENCY_LIMIT = 10

LIMITED = 1


async def fetch_all(client: httpx.AsyncClient, urls):
	def limited():
		return LIMITED

	tasks = []
	semaphore = Semaphore(CONCURRENCY_LIMIT)

	async def limited_2(work, *arguments):
		async with semaphore:
			return await work(*arguments)

	if urls:
		for url in urls: tasks.append(create_task(limited_2(client.get, url)))
	return await gather(*tasks), limited()
