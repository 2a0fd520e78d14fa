import asyncio


async def ping(host):
    await asyncio.open_connection(host, 80)


def ping_all(hosts, verbose):
    [asyncio.create_task(ping(host)) for host in hosts]  # want dangling-task want unbounded-concurrency
    verbose and asyncio.create_task(ping("localhost"))  # want dangling-task


def ping_each(hosts):
    tasks = [asyncio.create_task(ping(host)) for host in hosts]  # want dangling-task want unbounded-concurrency
    print(len(hosts), "started")
