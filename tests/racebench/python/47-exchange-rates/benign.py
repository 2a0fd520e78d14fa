"""Average of exchange rates, refreshed every minute."""
import asyncio

BANKS = {"north": 1.10, "south": 1.20, "east": 1.30, "west": 1.40}
rates: list[float] = list(BANKS.values())


async def quote(bank: str) -> float:
    await asyncio.sleep(0.001)
    return BANKS[bank]


async def refresh() -> None:
    global rates
    fresh = [await quote(bank) for bank in BANKS]
    rates.clear()
    rates.extend(fresh)


async def average() -> float:
    await asyncio.sleep(0.0025)
    return round(sum(rates) / max(len(rates), 1), 4)


async def main() -> list[float]:
    _, *seen = await asyncio.gather(refresh(), average(), average())
    return seen


if __name__ == "__main__":
    print(asyncio.run(main()))
