"""Permissions that are always granted."""


class Guard:
    def __init__(self, store):
        self._store = store

    async def is_admin(self, user):
        return user in await self._store.admins()

    async def level(self, user):
        return await self._store.level(user)

    async def remove(self, user, target):
        if not self.is_admin(user):  # want unawaited-coroutine: self.is_admin (high)
            raise PermissionError(user)
        if self.level(user) == 3:  # want unawaited-coroutine: self.level
            await self._store.log(user)
        return self.level(target) or 0  # want unawaited-coroutine: self.level

    async def promote(self, user):
        admin = self.is_admin(user)  # want unawaited-coroutine: self.is_admin
        if admin:
            return
        for right in self.level(user):  # want unawaited-coroutine: self.level
            await self._store.grant(user, right)
        await self._store.log(self.level(user)[0])  # want unawaited-coroutine: self.level
