# fix wait-for-task: asyncio.create_task
# prints 3
import asyncio

done = []


async def work(number):
    await asyncio.sleep(0)
    done.append(number)


async def main():
    tasks = []
    for number in range(3):  # all of them
        tasks.append(asyncio.create_task(work(number)))
    await asyncio.gather(*tasks)


asyncio.run(main())
print(len(done))
