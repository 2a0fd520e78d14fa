"""The application of a request is the same for all requests."""
from aiohttp import web


async def hit(request):
    app = request.app
    hits = app["hits"]
    await request.read()
    app["hits"] = hits + 1  # want lost-update: request.app[hits]
    return web.Response()


async def count(request):
    seen = request.app.state.seen
    await request.read()
    request.app.state.seen = seen + 1  # want lost-update: request.app.state.seen
    return web.Response()


app = web.Application()
app["hits"] = 0
app.router.add_get("/", hit)
app.router.add_get("/count", count)
