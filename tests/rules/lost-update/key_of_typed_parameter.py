"""A key that is a property of a parameter whose type another module declares."""
from chat import Context

coins = {}


async def gamble(ctx: Context, stake: int):
    balance = coins.get(ctx.author.id, 0)
    await ctx.send("rolling")
    coins[ctx.author.id] = balance + stake  # want lost-update: coins[ctx.author.id]


async def two_keys(ctx: Context, stake: int):
    balance = coins.get(ctx.author.id, 0)
    await ctx.send("rolling")
    coins[ctx.guild.id] = balance + stake
