# prints (1, 2)
async def main():
    try:
        print(await dashboard(AsyncSession(), 1, 2))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
