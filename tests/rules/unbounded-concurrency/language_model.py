import asyncio

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def label(text: str) -> str:
    answer = await client.chat.completions.create(model="small", messages=[{"role": "user", "content": text}])
    return answer.choices[0].message.content


async def label_all(texts: list[str]) -> list[str]:
    jobs = [label(text) for text in texts if text]
    return await asyncio.gather(*jobs)  # want unbounded-concurrency: texts
