import asyncio

last_answer = None


async def ask(number):
    await asyncio.sleep(0)
    return number


async def poll(number):
    global last_answer
    last_answer = await ask(number)


async def main():
    await asyncio.gather(poll(1), poll(2))
    print(last_answer)


asyncio.run(main())
