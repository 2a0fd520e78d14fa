from pathlib import Path

import aiofiles


async def load(path: Path, default: str) -> str:
    if not path.exists():
        return default
    async with aiofiles.open(path) as file:
        return await file.read()
