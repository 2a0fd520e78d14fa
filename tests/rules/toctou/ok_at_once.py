import os


async def clean(store, path):
    await store.flush()
    if os.path.exists(path):
        os.remove(path)
