# fix own-session
import asyncio
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine)


async def load(a, b):
    async with Session() as session:
        # Both at once.
        return await asyncio.gather(session.execute(a), session.scalars(b))
