from sqlalchemy.ext.asyncio import AsyncSession

from models import Account


async def withdraw(session: AsyncSession, account_id: int, amount: int) -> int:
    account = await session.get(Account, account_id)
    account.balance = account.balance - amount
    await session.commit()  # want toctou: account.balance
    return account.balance
