"""Translates words; dictionaries are loaded on demand."""
import asyncio

WORDS = {"de": "Hund", "fr": "chien"}
locale = "en"


async def load():
    await asyncio.sleep(0.001)


async def translate(wanted):
    await load()
    return WORDS[wanted]


async def main():
    return await asyncio.gather(translate("de"), translate("fr"))


if __name__ == "__main__":
    print(asyncio.run(main()))
