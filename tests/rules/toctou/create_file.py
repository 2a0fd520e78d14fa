import asyncio
from pathlib import Path


async def write_once(path: Path, text: str) -> bool:
    if path.exists():
        return False
    await asyncio.sleep(0.1)
    path.write_text(text)  # want toctou: path (high)
    return True


async def main() -> None:
    target = Path("result.txt")
    await asyncio.gather(write_once(target, "a"), write_once(target, "b"))


asyncio.run(main())
