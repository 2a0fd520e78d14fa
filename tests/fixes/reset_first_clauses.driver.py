# prints flushed: 2
class Sink:
    flushed = 0

    async def flush(self):
        self.flushed += 1
        await asyncio.sleep(0.001)
        raise OSError


async def main():
    sink = Sink()
    flusher = Flusher(sink)
    running = asyncio.ensure_future(flusher.run())
    flusher.request()
    while not sink.flushed:
        await asyncio.sleep(0)
    flusher.request()  # while it flushes
    await asyncio.wait([running], timeout=0.02)
    running.cancel()
    print("flushed:", sink.flushed)


asyncio.run(main())
