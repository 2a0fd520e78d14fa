# fix wait-for-task: asyncio.create_task
# prints 3
import asyncio

done = []


async def work(number):
    await asyncio.sleep(0)
    done.append(number)


async def main():
    for number in range(3):  # all of them
        asyncio.create_task(work(number))


asyncio.run(main())
print(len(done))
