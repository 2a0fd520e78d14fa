# fix wrap-in-lock: done
# prints 20
import asyncio


async def main():
    """Counts what is done."""
    done = 0
    done_lock = asyncio.Lock()

    async def work(n):
        nonlocal done
        async with done_lock:
            before = done
            label = f"{before}"
            text = """
    not to be
indented %s
""" % label
            await asyncio.sleep(0)

            # one more
            done = before + len(text) // len(text)
            if n == 3:
                return
            elif n == 4:
                done += 0
            else:
                print("", end="")

    await asyncio.gather(*(work(n) for n in range(20)))
    print(done)


asyncio.run(main())
