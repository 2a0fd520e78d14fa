from django.db.models import F

from shop.models import Ticket


async def reserve(show, name):
    await Ticket.objects.aget_or_create(show=show, name=name)


async def number(show):
    await Ticket.objects.aupdate(number=F("number") + 1)


async def rename(show, name):
    await Ticket.objects.aupdate_or_create(show=show, defaults={"name": name})


async def drop(show):
    if await Ticket.objects.acount():
        await Ticket.objects.adelete()
