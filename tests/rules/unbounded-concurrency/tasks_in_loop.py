import asyncio

import httpx


class Notifier:
    def __init__(self, hooks):
        self.hooks = hooks
        self._http = httpx.AsyncClient()

    async def _post(self, hook, event):
        response = await self._http.post(hook.url, json=event)
        response.raise_for_status()

    async def notify(self, event):
        tasks = []
        for hook in self.hooks:
            tasks.append(asyncio.create_task(self._post(hook, event)))  # want unbounded-concurrency: self.hooks
        await asyncio.wait(tasks)
