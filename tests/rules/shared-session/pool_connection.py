import asyncio


class Accounts:
    def __init__(self, pool):
        self._pool = pool

    async def overview(self, user):
        async with self._pool.acquire() as conn:
            balance, limits = await asyncio.gather(
                conn.fetchrow("SELECT * FROM balances WHERE user_id = $1", user),
                conn.fetch("SELECT * FROM limits WHERE user_id = $1", user),  # want shared-session: conn
            )
        return balance, limits
