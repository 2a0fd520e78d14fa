from motor.motor_asyncio import AsyncIOMotorClient

users = AsyncIOMotorClient()["app"]["users"]


async def sign_up(email: str, secret: str) -> bool:
    if await users.find_one({"email": email}):
        return False
    await users.insert_one({"email": email, "secret": secret})  # want toctou: users
    return True
