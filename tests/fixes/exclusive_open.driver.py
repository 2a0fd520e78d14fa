# prints claimed: 1
import asyncio
import tempfile


class Log:
    async def write(self, text):
        await asyncio.sleep(0)


async def main():
    with tempfile.TemporaryDirectory() as folder:
        claims = [claim(Log(), f"{folder}/lock") for _ in range(2)]
        print("claimed:", (await asyncio.gather(*claims, return_exceptions=True)).count(True))


asyncio.run(main())
