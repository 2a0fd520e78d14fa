# prints most: 10
import asyncio

asyncio.run(fetch_all(httpx.AsyncClient(), ["/"] * 30))
print("most:", httpx.most)
