# fix wrap-in-lock: self.open
# prints 1
from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass
class Gate:
    """Opens once."""

    name: str
    open: bool = False
    opened: int = 0

    async def enter(self) -> None:
        if not self.open:
            await asyncio.sleep(0)
            self.opened += 1
            self.open = True


async def main() -> None:
    gate = Gate("north")
    await asyncio.gather(gate.enter(), gate.enter(), gate.enter())
    print(gate.opened)


asyncio.run(main())
