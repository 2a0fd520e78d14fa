# fix atomic-path: path
import asyncio
from pathlib import Path


async def drop(log, path: Path):
	if path.exists():
		await log.write("é")
		path.unlink()
