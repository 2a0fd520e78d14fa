# prints added
async def main():
    done, _ = await asyncio.wait([asyncio.ensure_future(add_all("a", "b"))], timeout=0.05)
    print("added" if done else "stuck")


asyncio.run(main())
