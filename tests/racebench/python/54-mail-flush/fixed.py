"""Sends queued mail, one flush at a time."""
import asyncio


class Outbox:
    def __init__(self):
        self.flushing = False
        self.sent = 0
        self.failures = 1

    async def _send(self):
        await asyncio.sleep(0.001)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("mail server is away")
        self.sent += 1

    async def flush(self):
        if self.flushing:
            return
        self.flushing = True
        try:
            await self._send()
        finally:
            self.flushing = False


async def main():
    outbox = Outbox()
    await asyncio.gather(outbox.flush(), outbox.flush(), return_exceptions=True)
    await outbox.flush()
    return outbox.sent


if __name__ == "__main__":
    print(asyncio.run(main()))
