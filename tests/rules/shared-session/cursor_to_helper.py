import asyncio

from psycopg import AsyncConnection


async def run(cursor, query):
    await cursor.execute(query)
    return await cursor.fetchall()


async def report(conn: AsyncConnection):
    async with conn.cursor() as cursor:
        return await asyncio.gather(
            run(cursor, "SELECT 1"),
            run(cursor, "SELECT 2"),  # want shared-session: cursor
        )
