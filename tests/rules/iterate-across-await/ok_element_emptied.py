"""The stacks are emptied one by one; the table of stacks stays as it is."""


class App:
    def __init__(self):
        self.stacks = {"default": []}

    def open(self, screen):
        self.stacks["default"] = self.stacks["default"] + [screen]

    async def close(self):
        for stack in self.stacks.values():
            await stack[-1].close()
            stack.clear()
