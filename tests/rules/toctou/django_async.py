from shop.models import Seat, Ticket


async def reserve(show):
    if await Ticket.objects.acount() < 10:
        await Ticket.objects.acreate(show=show)  # want toctou


async def fill(show, rows):
    if not await Seat.objects.aexists():
        await Seat.objects.abulk_create(rows)  # want toctou
