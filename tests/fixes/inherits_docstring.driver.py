# prints total: 2
async def main():
    counter = Counter([1])
    counter.total = 0
    await asyncio.gather(counter.add(), counter.add())
    print("total:", counter.total * len(counter))


asyncio.run(main())
