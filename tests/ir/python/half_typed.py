class Pool:
    def acquire(self):
        self.used +=
        return self.

async def use(pool):
    with pool.acquire( as c:
        await c.
    for x in

def whole():
    return 1
