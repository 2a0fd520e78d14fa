import os


class Uploads:
    def __init__(self, root, scanner):
        self.root = root
        self.scanner = scanner

    async def store(self, user, data):
        folder = os.path.join(self.root, user)
        if not os.path.exists(folder):
            os.mkdir(folder)
        await self.scanner.check(data)
        return folder
