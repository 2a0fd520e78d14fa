# fix atomic-path: folder
import asyncio
from pathlib import Path


class Exporter:
    def __init__(self, root: Path, quota) -> None:
        self.root = root
        self.quota = quota

    async def export(self, name: str):
        folder = self.root / name
        if not folder.exists():
            await self.quota.reserve("é"); folder.mkdir(parents=True)
        return folder
