# fix hand-over
# prints-after é
import asyncio
import threading


async def main():
    lines: asyncio.Queue[str] = asyncio.Queue()

    def work():
        if lines: é = "é"; lines.put_nowait(é)

    threading.Thread(target=work).start()
    print(await lines.get())


asyncio.run(main())
