"""While the server starts nobody waits for it to end."""


class Server:
    def __init__(self, config):
        self.config = config
        self.sockets = []

    async def startup(self):
        self.sockets = []
        for address in self.config:
            self.sockets.append(await bind(address))

    async def shutdown(self):
        for socket in list(self.sockets):
            await socket.wait_closed()


async def bind(address):
    return await network.bind(address)
