# fix one-after-another
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


async def count(session: AsyncSession, statement):
    result = await session.execute(statement)
    return result.scalar_one()


async def dashboard(session: AsyncSession, a, b):
    é = "é"; orders, invoices = await asyncio.gather(count(session, a), count(session, b))  # both
    return orders, invoices
