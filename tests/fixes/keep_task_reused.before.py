# fix keep-task: asyncio.ensure_future
# safe yes
import asyncio


class Server:
    def __init__(self):
        self._tasks = set()

    async def serve(self):
        await asyncio.sleep(0)

    def start(self):
        task = asyncio.create_task(self.serve())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def restart(self):
        def again():
            asyncio.ensure_future(self.serve())

        again()
