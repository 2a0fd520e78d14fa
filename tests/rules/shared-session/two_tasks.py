import asyncio


async def run(cursor, query):
    await cursor.execute(query)
    return await cursor.fetchall()


class Reports:
    def __init__(self, pool) -> None:
        self._pool = pool

    async def load(self):
        async with self._pool.acquire() as conn:
            async with conn.cursor() as cursor:
                first = asyncio.create_task(run(cursor, "SELECT 1"))
                second = asyncio.create_task(run(cursor, "SELECT 2"))  # want shared-session: cursor
                return await first, await second
