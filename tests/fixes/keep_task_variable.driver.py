# prints-both started: 2
async def main():
    start(asyncio.get_running_loop(), ["a", "b"])
    print("started:", len(asyncio.all_tasks()) - 1)


asyncio.run(main())
