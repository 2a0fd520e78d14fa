"""What only type checkers read is never run: it tests nothing."""
import typing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from elsewhere import Link


class Client:
    def __init__(self):
        self.link: "Link | None" = None

    def attach(self, link: "Link"):
        self.link = link

    async def greet(self):
        if TYPE_CHECKING:
            assert self.link is not None
        await self.link.send(b"hello")
        self.link = None

    async def leave(self):
        if typing.TYPE_CHECKING:
            assert self.link is not None
        await self.link.send(b"bye")
        self.link = None
