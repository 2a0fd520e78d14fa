# prints [False, True]
import asyncio


async def main():
    jobs = Jobs(Redis(), "worker")
    print(sorted(await asyncio.gather(jobs.claim("a"), jobs.claim("a"))))


asyncio.run(main())
