# fix keep-local: self._params
class Client:
	def __init__(self, transport):
		self._transport = transport
		self._params = None

	async def query(self, params):
		params_2 = params
		self._params = params_2  # as sent
		params = None
		await self._transport.connect()
		await self._transport.send(params_2, size=len(params_2))
