"""Renders a greeting; themes come from a slow store."""
import asyncio


class Renderer:
    def __init__(self):
        self.user = None

    async def theme(self):
        await asyncio.sleep(0.001)
        return "dark"

    async def render(self, user):
        theme = await self.theme()
        self.user = user
        return f"{theme}: hello {self.user}"


async def main():
    renderer = Renderer()
    return await asyncio.gather(renderer.render("ann"), renderer.render("bob"))


if __name__ == "__main__":
    print(asyncio.run(main()))
