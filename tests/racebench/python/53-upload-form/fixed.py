"""Uploads files under the name that the server gives them."""
import asyncio


class Uploader:
    def __init__(self):
        self.current = None
        self.stored = {}

    async def reserve(self, size):
        await asyncio.sleep(0.001 * size)
        return f"slot-{size}"

    async def upload(self, path):
        slot = await self.reserve(len(path))
        self.stored[slot] = path


async def main():
    uploader = Uploader()
    await asyncio.gather(uploader.upload("a.txt"), uploader.upload("notes.txt"))
    return uploader.stored


if __name__ == "__main__":
    print(asyncio.run(main()))
