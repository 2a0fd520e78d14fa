import os

import aiofiles


async def export(folder, rows):
    if not os.path.exists(folder):
        await prepare(rows)
        os.mkdir(folder)


async def prepare(rows):
    async with aiofiles.open("rows.txt", "w") as file:
        await file.writelines(rows)
