class Routes:
    def __init__(self):
        self.routes = {}

    async def reload(self, source):
        self.routes.clear()
        async for name, target in source:
            self.routes[name] = target

    def find(self, name):
        return self.routes.get(name)
