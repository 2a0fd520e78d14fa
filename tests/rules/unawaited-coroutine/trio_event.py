import trio


class Gate:
    def __init__(self):
        self.opened = trio.Event()

    async def enter(self):
        self.opened.wait()  # want unawaited-coroutine
        trio.sleep(0)  # want unawaited-coroutine
