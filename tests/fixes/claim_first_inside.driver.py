# prints 1
async def main():
    loads = []

    async def load():
        loads.append("once")
        await asyncio.sleep(0)

    await asyncio.gather(prepare(load), prepare(load))
    print(len(loads))


asyncio.run(main())
