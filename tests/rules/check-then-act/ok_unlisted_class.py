"""`__all__` leaves the class out: what the file does with it is all that is done with it."""

__all__ = ["connect"]


class Authenticator:
    def __init__(self, provider):
        self.provider = provider
        self.sent = False

    async def step(self, payload):
        if self.sent:
            return None
        token = await self.provider.token()
        self.sent = True
        return token


async def connect(link, provider):
    authenticator = Authenticator(provider)
    payload = None
    while True:
        payload = await authenticator.step(payload)
        if payload is None:
            break
        await link.send(payload)
