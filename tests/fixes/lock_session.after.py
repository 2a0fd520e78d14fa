# fix lock-session
from __future__ import annotations

from asyncio import Lock, create_task, gather

from sqlalchemy.ext.asyncio import AsyncSession


class Loader:
    """Loads rows."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._lock = Lock()

    async def save(self, row) -> None:
        # both belong together
        async with self._lock:
            await self.session.execute(row)
            await self.session.commit()

    async def load(self, rows) -> None:
        await gather(*[create_task(self.save(row)) for row in rows])
