import redis.asyncio as redis

db = redis.Redis()


async def hit(page: str) -> int:
    hits = int(await db.get(page) or 0)
    await db.set(page, hits + 1)  # want toctou: page
    return hits + 1
