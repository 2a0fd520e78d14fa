import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

make_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://db/app"))


async def totals():
    async with make_session() as session:
        return await asyncio.gather(
            session.execute(text("SELECT count(*) FROM orders")),
            session.execute(text("SELECT count(*) FROM refunds")),  # want shared-session: session (high)
        )
