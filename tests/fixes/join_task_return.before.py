# fix wait-for-task: asyncio.create_task
# prints 1
import asyncio

done = []


async def work(number):
    await asyncio.sleep(0)
    done.append(number)


async def main():
    asyncio.create_task(work(1))
    return done


print(len(asyncio.run(main())))
