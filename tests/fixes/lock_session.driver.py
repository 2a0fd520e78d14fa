# prints [1, 1]
import asyncio


async def main():
    session = AsyncSession()
    try:
        await Loader(session).load(["a", "b"])
    except RuntimeError as error:
        print(error)
    print(session.commits)


asyncio.run(main())
