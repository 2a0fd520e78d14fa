"""`__all__` lists the class, which others may share among their tasks."""

__all__ = ["Authenticator", "connect"]


class Authenticator:
    def __init__(self, provider):
        self.provider = provider
        self.sent = False

    async def step(self, payload):
        if self.sent:
            return None
        token = await self.provider.token()
        self.sent = True  # want check-then-act: self.sent (medium)
        return token


async def connect(link, provider):
    authenticator = Authenticator(provider)
    payload = None
    while True:
        payload = await authenticator.step(payload)
        if payload is None:
            break
        await link.send(payload)
