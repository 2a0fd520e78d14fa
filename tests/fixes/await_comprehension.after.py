# fix add-await: notify
# prints ['mail', 'chat']
import asyncio

sent = []


async def notify(channel):
    await asyncio.sleep(0)
    sent.append(channel)


async def main():
    [await notify(channel) for channel in ("mail", "chat")]
    print(sent)


asyncio.run(main())
