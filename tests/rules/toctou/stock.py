from fastapi import FastAPI, HTTPException
from tortoise import fields, models

app = FastAPI()


class Item(models.Model):
    id = fields.IntField(pk=True)
    stock = fields.IntField()


@app.post("/items/{item_id}/buy")
async def buy(item_id: int, amount: int):
    item = await Item.get(id=item_id)
    if item.stock < amount:
        raise HTTPException(409)
    item.stock -= amount
    await item.save()  # want toctou: item.stock
    return {"left": item.stock}
