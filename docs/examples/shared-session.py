import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


async def dashboard(session: AsyncSession):
    return await asyncio.gather(
        session.execute("select count(*) from orders"),
        session.execute("select count(*) from users"),
    )
