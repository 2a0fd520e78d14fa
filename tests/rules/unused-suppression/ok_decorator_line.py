import asyncio


async def is_debug():
    return False


def route(path):
    return lambda function: function


@route("/debug" if is_debug() else "/")  # racewise: ignore[unawaited-coroutine] -- shown to students
@route("/index")
async def index():
    await asyncio.sleep(0)


# racewise: ignore[unawaited-coroutine] -- shown to students
@route("/help")
@route("/debug" if is_debug() else "/")
async def help():
    await asyncio.sleep(0)


@route("/help")  # racewise: ignore[unawaited-coroutine] -- shown to students
@route("/debug" if is_debug() else "/")
async def about():
    await asyncio.sleep(0)
