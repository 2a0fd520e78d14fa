from pathlib import Path


async def export(quota, root: Path, name):
    folder = root / name
    if not folder.exists():
        await quota.reserve(name)
        folder.mkdir()  # want toctou
    return folder
