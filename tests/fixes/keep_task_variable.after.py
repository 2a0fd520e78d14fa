# fix keep-task: loop.create_task
import asyncio

background_tasks = set()

done = []


async def work(task):
	await asyncio.sleep(0)
	done.append(task)


def start(loop, tasks):
	for task in tasks:
		task_2 = loop.create_task(
			work(task),
			name="work",
		)  # in the background
		background_tasks.add(task_2)
		task_2.add_done_callback(background_tasks.discard)