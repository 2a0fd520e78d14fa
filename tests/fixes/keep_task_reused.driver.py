# prints kept: 1
async def main():
    server = Server()
    server.restart()
    print("kept:", len(server._tasks))


asyncio.run(main())
