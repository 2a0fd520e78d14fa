"""A session that refuses what SQLAlchemy's does: two operations at a time."""

import asyncio


class Result:
    def __init__(self, statement):
        self._statement = statement

    def scalar_one(self):
        return self._statement


class AsyncSession:
    def __init__(self):
        self.busy = False
        self.pending, self.commits = 0, []

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    async def _operate(self):
        if self.busy:
            raise RuntimeError("this session is provisioning a new connection; concurrent operations are not permitted")
        self.busy = True
        await asyncio.sleep(0)
        self.busy = False

    async def execute(self, statement):
        await self._operate()
        self.pending += 1
        return Result(statement)

    scalars = execute

    async def commit(self):
        await self._operate()
        self.commits.append(self.pending)
        self.pending = 0


def create_async_engine(url):
    return url


def async_sessionmaker(engine):
    return AsyncSession
