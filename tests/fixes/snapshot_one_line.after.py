# fix snapshot: jobs
# prints [1, 2, 3]
import asyncio

jobs = {1: "a", 2: "b", 3: "c"}
seen = []


async def visit():
	é = "é"; seen.clear()
	for number, list in [*jobs.items()]: await asyncio.sleep(0); seen.append(number)


async def drop():
	await asyncio.sleep(0)
	del jobs[2]


async def main():
	await asyncio.gather(visit(), drop(), return_exceptions=True)
	print(seen)


asyncio.run(main())