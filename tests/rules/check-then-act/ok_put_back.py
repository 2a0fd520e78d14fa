"""What was there is put back when the work is done."""


class Runner:
    def __init__(self):
        self.command = None

    def choose(self, command):
        self.command = command

    async def again(self):
        command = self.command
        if command is None:
            raise ValueError("nothing to repeat")
        try:
            await command.run()
        finally:
            self.command = command
