import asyncio


class Service:
    def __init__(self, loop):
        self.loop = loop
        self.running = False

    async def _run(self):
        self.running = True  # want check-then-act: self.running
        await asyncio.sleep(60)

    def start(self):
        if self.running:
            return None
        return self.loop.create_task(self._run())


class Supervisor:
    def __init__(self, loop):
        self.service = Service(loop)

    async def boot(self):
        self.service.start()  # want dangling-task: self.service.start
