# fix hand-over
# prints-after é
import asyncio
import threading


async def main():
    lines: asyncio.Queue[str] = asyncio.Queue()

    def work():
        if lines: é = "é"; loop.call_soon_threadsafe(lines.put_nowait, é)

    loop = asyncio.get_running_loop()
    threading.Thread(target=work).start()
    print(await lines.get())


asyncio.run(main())
