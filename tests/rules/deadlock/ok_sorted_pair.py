import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 0


async def transfer(a, b, n, api):
    first, second = sorted((a, b), key=id)
    async with first.lock:
        async with second.lock:
            await api.log(n)
            a.balance -= n
            b.balance += n
