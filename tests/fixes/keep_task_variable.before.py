# fix keep-task: loop.create_task
import asyncio

done = []


async def work(task):
	await asyncio.sleep(0)
	done.append(task)


def start(loop, tasks):
	for task in tasks:
		_ = loop.create_task(
			work(task),
			name="work",
		)  # in the background