import os


async def make(folder, quota):
    if os.path.isdir(folder):
        return
    await quota.reserve(folder)
    if not os.path.isdir(folder):
        os.mkdir(folder)
