# prints most: 10
asyncio.run(fetch_all(["/"] * 30))
print("most:", httpx.most)
