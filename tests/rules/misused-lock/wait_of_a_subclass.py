"""Neither the base class nor the subclass tests again."""
import asyncio


class Bucket:
    def __init__(self):
        self.changed = self._make_condition()
        self.tokens = 0

    def _make_condition(self):
        return asyncio.Condition()

    async def _wait(self, seconds):
        await asyncio.sleep(seconds)

    async def acquire(self):
        async with self.changed:
            if self.tokens <= 0:
                await self._wait(1)


class PatientBucket(Bucket):
    async def _wait(self, seconds):
        await self.changed.wait()  # want misused-lock: self.changed
