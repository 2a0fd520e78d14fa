"""A worker that is woken when jobs arrive."""
import asyncio

wake = asyncio.Event()
jobs = []
done = []


async def worker():
    while len(done) < 2:
        await wake.wait()
        while len(done) < len(jobs):
            job = jobs[len(done)]
            await asyncio.sleep(0.002)
            done.append(job)
        wake.clear()


async def submit(job, delay):
    await asyncio.sleep(delay)
    jobs.append(job)
    wake.set()


async def main():
    await asyncio.gather(worker(), submit("a", 0), submit("b", 0.001))
    return done


if __name__ == "__main__":
    print(asyncio.run(main()))
