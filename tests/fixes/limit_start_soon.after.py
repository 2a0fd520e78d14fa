# fix limit-concurrency: urls
import anyio
import httpx

CONCURRENCY_LIMIT = 10


async def fetch(client: httpx.AsyncClient, url):
    response = await client.get(url)
    print(response.status_code)


async def fetch_all(client: httpx.AsyncClient, urls):
    semaphore = anyio.CapacityLimiter(CONCURRENCY_LIMIT)

    async def limited(work, *arguments):
        async with semaphore:
            return await work(*arguments)

    async with anyio.create_task_group() as group:
        for url in urls:
            group.start_soon(limited, fetch, client, url)
