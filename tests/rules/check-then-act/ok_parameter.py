"""What a caller hands in is the caller's: each request has its own object."""

import asyncio


async def load_user(request):
    await asyncio.sleep(0)
    return "ann"


async def handle(request):
    if request.user is None:
        request.user = await load_user(request)
