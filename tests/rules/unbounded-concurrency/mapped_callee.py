import asyncio

import asyncpg


class Users:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def _load(self, user_id: int):
        return await self._pool.fetchrow("SELECT * FROM users WHERE id = $1", user_id)

    async def load(self, user_id: int):
        row = await self._load(user_id)
        return dict(row)

    async def load_many(self, user_ids):
        return await asyncio.gather(*map(self.load, user_ids))  # want unbounded-concurrency: user_ids
