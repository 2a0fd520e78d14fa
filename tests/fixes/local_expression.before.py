# fix keep-local: self._params
class Client:
	def __init__(self, transport):
		self._transport = transport
		self._params = None

	async def query(self, params):
		self._params = params  # as sent
		params = None
		await self._transport.connect()
		await self._transport.send(self._params, size=len(self._params))
