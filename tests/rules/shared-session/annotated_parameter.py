import asyncio

import asyncpg


async def refresh(conn: asyncpg.Connection, views: list[str]) -> None:
    await asyncio.gather(*[conn.execute(f"REFRESH MATERIALIZED VIEW {view}") for view in views])  # want shared-session: conn want unbounded-concurrency: views
