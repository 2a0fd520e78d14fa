# fix atomic-store
import redis.asyncio as redis

db = redis.Redis()


async def hit(page: str) -> int:
    """Counts one."""
    hits = await db.incr(page)  # Zoë's
    return hits
