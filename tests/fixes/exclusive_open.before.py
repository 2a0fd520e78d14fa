# fix exclusive-open: path
import os


async def claim(log, path):
    if os.path.exists(path):
        return False
    await log.write("é")
    with open(path, mode="w", encoding="utf-8") as file: file.write("mine")
    return True
