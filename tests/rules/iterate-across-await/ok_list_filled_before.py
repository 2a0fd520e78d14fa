"""Parts are added while a message is put together; it is sent when it is complete."""


class Message:
    def __init__(self):
        self.parts: list[bytes] = []
        self.trailers = []

    def attach(self, part):
        self.parts.append(part)

    def attach_trailer(self, part):
        self.trailers.append(part)

    async def send(self, stream):
        for part in self.parts:
            await stream.write(part)
        for index, part in enumerate(self.trailers):
            await stream.write(part)
