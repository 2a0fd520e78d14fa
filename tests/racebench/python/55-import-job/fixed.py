"""Imports a feed; only one import runs at a time."""
import asyncio

importing = False
imported = []


async def fetch():
    await asyncio.sleep(0.01)
    return "row"


async def run_import():
    global importing
    if importing:
        return False
    importing = True
    try:
        imported.append(await fetch())
    finally:
        importing = False
    return True


async def main():
    try:
        await asyncio.wait_for(run_import(), 0.001)
    except asyncio.TimeoutError:
        pass
    done = await asyncio.gather(run_import(), run_import())
    return any(done)


if __name__ == "__main__":
    print(asyncio.run(main()))
