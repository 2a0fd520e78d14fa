"""A jukebox that replaces its queue from a remote playlist."""
import asyncio

REMOTE = ["one", "two", "three", "four"]


class Jukebox:
    def __init__(self):
        self.queue = list(REMOTE)
        self.silences = 0

    async def replace(self):
        queue = self.queue
        queue.clear()
        for title in REMOTE:
            await asyncio.sleep(0.001)
            queue.append(title)

    async def play(self):
        for _ in range(4):
            await asyncio.sleep(0.0007)
            if len(self.queue) < 4:
                self.silences += 1


async def main():
    box = Jukebox()
    await asyncio.gather(box.play(), box.replace())
    return box.silences


if __name__ == "__main__":
    print(asyncio.run(main()))
