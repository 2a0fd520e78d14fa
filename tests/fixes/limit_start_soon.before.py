# fix limit-concurrency: urls
import anyio
import httpx


async def fetch(client: httpx.AsyncClient, url):
    response = await client.get(url)
    print(response.status_code)


async def fetch_all(client: httpx.AsyncClient, urls):
    async with anyio.create_task_group() as group:
        for url in urls:
            group.start_soon(fetch, client, url)
