"""The loop that tests again is the base class's; how to wait is the subclass's."""
import asyncio


class Bucket:
    def __init__(self):
        self.changed = self._make_condition()
        self.tokens = 0

    def _make_condition(self):
        return asyncio.Condition()

    async def _wait(self, seconds):
        await asyncio.wait_for(self.changed.wait(), seconds)

    async def acquire(self):
        async with self.changed:
            while self.tokens <= 0:
                await self._wait(1)
            self.tokens -= 1


class PatientBucket(Bucket):
    async def _wait(self, seconds):
        await self.changed.wait()
