# prints saved: 1
async def main():
    store = Store()
    await asyncio.wait([asyncio.ensure_future(store.save())], timeout=0.05)
    print("saved:", store.saved)


asyncio.run(main())
