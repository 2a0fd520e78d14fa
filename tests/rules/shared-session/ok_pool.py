import asyncio

import asyncpg


async def totals(pool: asyncpg.Pool):
    return await asyncio.gather(pool.fetchval("SELECT count(*) FROM a"), pool.fetchval("SELECT count(*) FROM b"))
