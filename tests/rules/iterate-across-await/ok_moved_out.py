import asyncio


class Outbox:
    def __init__(self):
        self.mails = []

    def put(self, mail):
        self.mails.append(mail)

    async def flush(self):
        mails, self.mails = self.mails, []
        for mail in mails:
            await asyncio.sleep(0)
            print(mail)


async def produce(outbox):
    for number in range(3):
        outbox.put(number)
        await asyncio.sleep(0)


async def main():
    outbox = Outbox()
    await asyncio.gather(produce(outbox), outbox.flush(), outbox.flush())


asyncio.run(main())
