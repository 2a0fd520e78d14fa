"""What a caller hands in is the caller's: each request has its own object."""

import asyncio


async def measure(request):
    await asyncio.sleep(0)
    return 1


async def handle(request):
    request.cost = request.cost + await measure(request)
