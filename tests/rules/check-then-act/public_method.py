"""Nothing here starts a task: an outside caller can."""

import asyncio


class Session:
    def __init__(self):
        self.token = None

    async def _login(self):
        await asyncio.sleep(0)
        return "token"

    async def access_token(self):
        if self.token is None:
            self.token = await self._login()  # want check-then-act: self.token (medium)
        return self.token
