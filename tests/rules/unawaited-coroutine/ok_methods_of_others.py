"""Functions of the same names as the file's coroutines, elsewhere."""


class Client:
    async def send(self, data):
        await self.writer.drain()

    async def run(self, socket, queue):
        socket.send(b"hello")
        self.writer.write(b"hello")
        queue.task_done()
        if queue.empty():
            await self.send(b"bye")


async def update(state):
    await state.load()


def refresh(cache, state):
    cache.update(state)
    return update(state)
