# fix own-session
import asyncio
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine)


async def load(a, b):
    async with Session() as session:
        # Both at once.
        async def with_own_session(work):
            async with Session() as session:
                return await work(session)

        return await asyncio.gather(with_own_session(lambda session: session.execute(a)), with_own_session(lambda session: session.scalars(b)))
