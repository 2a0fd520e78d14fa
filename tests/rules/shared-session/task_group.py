import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


async def store(session: AsyncSession, row) -> None:
    await session.merge(row)
    await session.commit()


async def store_all(session: AsyncSession, rows) -> None:
    async with asyncio.TaskGroup() as group:
        for row in rows:
            group.create_task(store(session, row))  # want shared-session: session want unbounded-concurrency: rows
