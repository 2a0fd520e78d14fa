"""The link is dropped because of what came over it: nothing was asked of the place where it stands."""


class Client:
    def __init__(self):
        self.link = None

    async def connect(self, network):
        self.link = await network.open()

    async def shake_hands(self):
        answer = await self.link.ask("hello")
        if answer.refused:
            self.link = None
            raise ConnectionError(answer)
