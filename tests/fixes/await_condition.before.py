# fix add-await: self.is_admin
# prints no
import asyncio


class User:
    async def is_admin(self):
        return False

    async def open(self):
        if not self.is_admin():
            return "no"
        return "yes"


async def main():
    print(await User().open())


asyncio.run(main())
