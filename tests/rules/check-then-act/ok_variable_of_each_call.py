"""What a helper shares with its callbacks is new with each call of it."""


class Client:
    def __init__(self, pool, retry):
        self.pool = pool
        self.retry = retry

    async def immediate(self, *command):
        link = None

        async def attempt():
            return await link.send(*command)

        def failed(error):
            nonlocal link
            link = None

        link = await self.pool.take()
        return await self.retry.call(attempt, failed)

    async def load(self, scripts):
        known = await self.immediate("exists", *scripts)
        if not all(known):
            for script in scripts:
                await self.immediate("load", script)
