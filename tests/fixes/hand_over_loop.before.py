# fix hand-over
# prints-after é
import asyncio
import threading


async def job(name):
	await asyncio.sleep(0)
	print(name)


def work(loop):
	loop.create_task(job("é"))  # from the thread


async def main():
	loop = asyncio.get_running_loop()
	threading.Thread(target=work, args=(loop,)).start()
	await asyncio.sleep(0.1)


asyncio.run(main())
