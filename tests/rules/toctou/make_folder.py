import os


class Uploads:
    def __init__(self, root, scanner):
        self.root = root
        self.scanner = scanner

    async def store(self, user, name, data):
        folder = os.path.join(self.root, user)
        if not os.path.exists(folder):
            await self.scanner.check(data)  # suspension
            os.mkdir(folder)  # want toctou: folder (medium)
        return os.path.join(folder, name)
