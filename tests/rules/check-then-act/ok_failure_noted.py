"""A failure is noted whoever else has noted one; what was asked before was something else."""


class Buffer:
    def __init__(self, sink):
        self.sink = sink
        self.shards = []
        self.done = False

    async def process(self, shard):
        try:
            await self.sink.write(shard)
        except OSError:
            self.done = True

    async def work(self):
        while True:
            if self.done and not self.shards:
                break
            await self.process(self.shards.pop())

    async def close(self):
        await self.sink.flush()
        self.done = True
