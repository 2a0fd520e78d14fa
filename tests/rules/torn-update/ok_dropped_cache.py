# A cache that a helper drops is filled again by whoever needs it.
class Statements:
    def __init__(self, connection):
        self._connection = connection
        self._known = {}

    def _drop(self):
        self._known.clear()

    async def _prepare(self, query):
        statement = await self._connection.prepare(query)
        self._known[query] = statement
        return statement

    async def execute(self, query):
        try:
            return await self._connection.run(self._known.get(query))
        except LookupError:
            self._drop()
            statement = await self._prepare(query)
            return await self._connection.run(statement)
