"""What is imported is shared with everybody else who imports it."""
import state
from registry import cache, limits


async def get(key, load):
    if key not in cache:
        cache[key] = await load(key)  # want check-then-act: registry.cache[key] (medium)
    return cache[key]


async def open_once(connect):
    if state.connection is None:
        state.connection = await connect()  # want check-then-act: state.connection
    return state.connection


async def take(name, ask):
    if limits[name] > 0:
        await ask(name)
        limits[name] -= 1  # want check-then-act: registry.limits[name]
