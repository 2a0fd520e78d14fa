# prints calls: 2
async def main():
    server = TestServer()
    await asyncio.gather(server.call(), server.call())
    print("calls:", server.calls)


asyncio.run(main())
