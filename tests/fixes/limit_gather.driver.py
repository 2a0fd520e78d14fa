# prints most: 10
import httpx

answers = asyncio.run(Checker(aiohttp.ClientSession()).check_all(["/"] * 30))
print("most:" if len(answers) == 30 else "lost:", httpx.most)
