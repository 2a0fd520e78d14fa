import asyncio

import asyncpg


async def refresh(conn: asyncpg.Connection, views: list[str]) -> None:
    for view in views:
        await conn.execute(f"REFRESH MATERIALIZED VIEW {view}")
    task = asyncio.create_task(conn.execute("ANALYZE"))
    await task
