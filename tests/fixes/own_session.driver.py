# prints loaded: 2
async def main():
    try:
        print("loaded:", len(await load(1, 2)))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
