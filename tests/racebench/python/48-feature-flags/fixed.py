"""Feature flags, kept in memory and synchronised with a server."""
import asyncio

SERVER = ["dark-mode", "beta-search", "new-cart"]


class Flags:
    def __init__(self):
        self._enabled = set(SERVER)

    async def sync(self):
        self._enabled = await self._load()

    async def _load(self):
        names = set()
        for page in range(len(SERVER)):
            await asyncio.sleep(0.001)
            names.add(SERVER[page])
        return names

    async def is_enabled(self, name):
        await asyncio.sleep(0.0015)
        return name in self._enabled


async def main():
    flags = Flags()
    _, *answers = await asyncio.gather(flags.sync(), flags.is_enabled("new-cart"), flags.is_enabled("dark-mode"))
    return answers


if __name__ == "__main__":
    print(asyncio.run(main()))
