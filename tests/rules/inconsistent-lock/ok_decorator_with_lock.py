import asyncio
import functools


def guarded_by(name):
    def decorate(method):
        @functools.wraps(method)
        async def wrapper(self, *args, **kwargs):
            async with getattr(self, name):
                return await method(self, *args, **kwargs)

        return wrapper

    return decorate


def synchronized(function):
    lock = asyncio.Lock()

    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        async with lock:
            return await function(*args, **kwargs)

    return wrapper


total = 0


@synchronized
async def add(api, n):
    global total
    old = total
    await api.put(n)
    total = old + n


@synchronized
async def outer(api):
    await api.begin()
    await add(api, 1)
