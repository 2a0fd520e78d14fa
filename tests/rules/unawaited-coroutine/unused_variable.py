"""Results that nobody looks at."""


async def load(user):
    return await user.fetch()


async def warm_up(users):
    first = load(users[0])  # want unawaited-coroutine: load
    _ = load(users[1])  # want unawaited-coroutine: load
    rest = [load(user) for user in users[2:]]  # want unawaited-coroutine: load
    by_name = {user.name: load(user) for user in users}  # want unawaited-coroutine: load
    return len(users)


async def collect(users):
    pending = []
    for user in users:
        pending.append(load(user))  # want unawaited-coroutine: load
