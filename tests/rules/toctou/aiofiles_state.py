import json

import aiofiles


class Settings:
    def __init__(self, path: str) -> None:
        self.path = path

    async def set(self, key: str, value: str) -> None:
        async with aiofiles.open(self.path) as file:
            settings = json.loads(await file.read())
        settings[key] = value
        async with aiofiles.open(self.path, "w") as file:  # want toctou: self.path
            await file.write(json.dumps(settings))
