"""A dictionary raises when a key comes in during the iteration, and so does a set."""


class Board:
    def __init__(self):
        self.channels = {}
        self.watchers: set = set()

    def open(self, name, channel):
        self.channels[name] = channel

    def watch(self, watcher):
        self.watchers.add(watcher)

    async def announce(self, text):
        for channel in self.channels.values():  # want iterate-across-await: self.channels (medium)
            await channel.send(text)
        for watcher in self.watchers:  # want iterate-across-await: self.watchers (medium)
            await watcher.send(text)
