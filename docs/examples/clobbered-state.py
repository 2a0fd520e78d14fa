class Renderer:
    def __init__(self, load):
        self.load = load
        self.user = None

    async def render(self, user):
        self.user = user
        page = await self.load()
        return page.replace("{name}", self.user.name)
