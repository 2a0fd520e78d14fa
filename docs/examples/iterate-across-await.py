class Hub:
    def __init__(self):
        self.sockets = set()

    def join(self, socket):
        self.sockets.add(socket)

    async def broadcast(self, text):
        for socket in self.sockets:
            await socket.send(text)
