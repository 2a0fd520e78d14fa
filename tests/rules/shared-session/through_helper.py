import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


class Report:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def _one(self, statement):
        result = await self._session.execute(statement)
        return result.scalar_one()

    async def both(self, first, second):
        return await asyncio.gather(self._one(first), self._one(second))  # want shared-session: self._session
