# fix task-group
# prints 3
import asyncio

done = []


async def work(number):
    await asyncio.sleep(0)
    done.append(number)


async def main():
    for number in range(3):
        # One for each.
        asyncio.create_task(work(number))
    print("started")


asyncio.run(main())
print(len(done))
