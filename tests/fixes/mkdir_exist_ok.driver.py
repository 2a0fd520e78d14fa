# prints made: 2
import tempfile


class Quota:
    async def reserve(self, name):
        await asyncio.sleep(0)


async def main():
    with tempfile.TemporaryDirectory() as folder:
        exporter = Exporter(Path(folder), Quota())
        made = await asyncio.gather(*(exporter.export("a") for _ in range(2)), return_exceptions=True)
        print("made:", sum(isinstance(each, Path) for each in made))


asyncio.run(main())
