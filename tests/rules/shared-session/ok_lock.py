import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


class Writer:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._lock = asyncio.Lock()

    async def _write(self, row) -> None:
        async with self._lock:
            await self._session.merge(row)
            await self._session.commit()

    async def write_all(self, rows) -> None:
        await asyncio.gather(*(self._write(row) for row in rows))
