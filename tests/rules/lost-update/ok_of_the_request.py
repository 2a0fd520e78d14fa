"""What a request carries is its own."""
from aiohttp import web


async def hit(request):
    tries = request["tries"]
    await request.read()
    request["tries"] = tries + 1
    return web.Response()


app = web.Application()
app.router.add_get("/", hit)
