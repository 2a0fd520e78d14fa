"""Feature flags, kept in memory and synchronised with a server."""
import asyncio

SERVER = ["dark-mode", "beta-search", "new-cart"]


class Flags:
    def __init__(self):
        self._enabled = set(SERVER)

    async def sync(self):
        names = await self._load()
        self._enabled.clear()
        self._enabled.update(names)

    async def _load(self):
        await asyncio.sleep(0.002)
        return list(SERVER)

    async def is_enabled(self, name):
        await asyncio.sleep(0.0015)
        return name in self._enabled


async def main():
    flags = Flags()
    _, *answers = await asyncio.gather(flags.sync(), flags.is_enabled("new-cart"), flags.is_enabled("dark-mode"))
    return answers


if __name__ == "__main__":
    print(asyncio.run(main()))
