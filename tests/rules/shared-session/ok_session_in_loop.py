import asyncio

import asyncpg


async def load(conn: asyncpg.Connection, part: str) -> None:
    await conn.execute("SELECT load($1)", part)


async def main() -> None:
    tasks = []
    for part in ("a", "b"):
        conn = await asyncpg.connect("postgresql://db/app")
        tasks.append(asyncio.create_task(load(conn, part)))
    await asyncio.gather(*tasks)


asyncio.run(main())
