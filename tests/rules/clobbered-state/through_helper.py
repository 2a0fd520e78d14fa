class Printer:
    def __init__(self, device):
        self._device = device
        self._job = None

    def _name(self):
        return self._job.name

    async def print(self, job):
        self._job = job
        await self._device.warm_up()
        return self._name()  # want clobbered-state: self._job
