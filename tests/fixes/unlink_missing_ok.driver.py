# prints [None, None]
import tempfile


class Log:
    async def write(self, text):
        await asyncio.sleep(0)


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old"
        path.touch()
        print(await asyncio.gather(drop(Log(), path), drop(Log(), path), return_exceptions=True))


asyncio.run(main())
