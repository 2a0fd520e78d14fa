"""Decorators of the file whose wrappers hand on what the function gives."""
import asyncio
import functools


def traced(function):
    @functools.wraps(function)
    def call(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return call


def named(name):
    def decorate(function):
        def call(*args):
            result = function(*args)
            print(name)
            return result

        return call

    return decorate


def started(function):
    def call(*args):
        if not args:
            return None
        return function(*args)

    return call


class Store:
    @traced
    async def save(self):
        await asyncio.sleep(1)

    @started
    async def load(self):
        await asyncio.sleep(1)

    def close(self):
        self.save()  # want unawaited-coroutine
        self.load()


@named("flush")
async def flush():
    await asyncio.sleep(1)


async def main():
    flush()  # want unawaited-coroutine
    Store().close()


asyncio.run(main())
