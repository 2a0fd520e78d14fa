# prints-both sent: 2
async def main():
    dispatcher = Dispatcher("mail")
    await dispatcher.receive("ab")
    await asyncio.sleep(0.001)
    print("sent:", dispatcher.sent)


asyncio.run(main())
