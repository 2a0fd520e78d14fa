class Door:
    def __init__(self, motor):
        self._motor = motor
        self._moving = False

    async def open(self):
        if self._moving:
            return False
        self._moving = True  # want leaked-claim: self._moving
        opened = await self._motor.turn(90)
        if not opened:
            self._moving = False
            return False
        await self._motor.stop()
        self._moving = False
        return True
