"""A transaction belongs to the task that began it."""


class TransactionWrapper:
    def __init__(self, connection):
        self.connection = connection
        self.finalized = False

    async def commit(self):
        if self.finalized:
            raise RuntimeError("already finalised")
        await self.connection.execute("COMMIT")
        self.finalized = True

    async def rollback(self):
        if self.finalized:
            raise RuntimeError("already finalised")
        await self.connection.execute("ROLLBACK")
        self.finalized = True
