from django.db import transaction
from django.db.models import F
from shop.models import Item


async def buy(item_id: int) -> None:
    item = await Item.objects.select_for_update().aget(pk=item_id)
    item.stock -= 1
    await item.asave()


async def view(item_id: int) -> None:
    item = await Item.objects.aget(pk=item_id)
    item.views = F("views") + 1
    await item.asave(update_fields=["views"])


async def rename(item_id: int, name: str) -> None:
    item = await Item.objects.aget(pk=item_id)
    item.name = name
    await item.asave()


async def give_back(item_id: int) -> None:
    async with transaction.atomic():
        item = await Item.objects.aget(pk=item_id)
        item.stock += 1
        await item.asave()
