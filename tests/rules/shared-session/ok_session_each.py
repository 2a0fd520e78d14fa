import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

make_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://db/app"))


async def count(table: str) -> int:
    async with make_session() as session:
        result = await session.execute(text(f"SELECT count(*) FROM {table}"))
        return result.scalar_one()


async def totals():
    return await asyncio.gather(count("orders"), count("refunds"), *[count(table) for table in ("a", "b")])
