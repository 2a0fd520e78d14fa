# fix atomic-store
import redis.asyncio as redis

db = redis.Redis()


async def hit(page: str) -> int:
    """Counts one."""
    hits = int(await db.get(page) or 0)
    await db.set(page, hits + 1)  # Zoë's
    return hits + 1
