"""A plain method that hands a coroutine on, and a decorator that keeps a function asynchronous."""
import functools


def logged(function):
    @functools.wraps(function)
    async def wrapper(*args):
        print(function.__name__)
        return await function(*args)

    return wrapper


class Store:
    def __init__(self, db):
        self._db = db

    @logged
    async def _write(self, key, value):
        await self._db.put(key, value)

    def put(self, key, value):
        return self._write(f"store/{key}", value)

    async def clear(self, keys):
        for key in keys:
            self.put(key, None)  # want unawaited-coroutine: self.put
        self._write("cleared", True)  # want unawaited-coroutine: self._write
