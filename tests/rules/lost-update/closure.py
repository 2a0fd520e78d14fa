import asyncio


async def upload_all(names):
    done = 0

    async def upload(name):
        nonlocal done
        before = done
        await asyncio.sleep(0)
        done = before + 1  # want lost-update: done (high)

    await asyncio.gather(*(upload(name) for name in names))
    return done


print(asyncio.run(upload_all(["a", "b", "c"])))
