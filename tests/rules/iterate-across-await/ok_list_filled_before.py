"""Parts are added while a message is put together; it is sent when it is complete."""


class Message:
    def __init__(self, hooks=None):
        self.parts: list[bytes] = []
        self.hooks = [] if hooks is None else list(hooks)
        self.trailers = []

    def call_after(self, hook):
        self.hooks.append(hook)

    def attach(self, part):
        self.parts.append(part)

    def attach_trailer(self, part):
        self.trailers.append(part)

    async def send(self, stream):
        for part in self.parts:
            await stream.write(part)
        for hook in self.hooks:
            await hook()
        for index, part in enumerate(self.trailers):
            await stream.write(part)
