"""The same in the middle of its life: who asks meanwhile finds too few."""


class Server:
    def __init__(self, config):
        self.config = config
        self.sockets = []

    async def reload(self):
        self.sockets.clear()
        for address in self.config:
            self.sockets.append(await bind(address))  # want torn-update: self.sockets (medium)

    def addresses(self):
        return [socket.address for socket in self.sockets]


async def bind(address):
    return await network.bind(address)
