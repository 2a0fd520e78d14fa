import asyncio

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

import crud
from database import get_session

app = FastAPI()


@app.get("/home")
async def home(session: AsyncSession = Depends(get_session)):
    news, events = await asyncio.gather(
        crud.latest_news(session),
        crud.next_events(session),  # want shared-session: session
    )
    return {"news": news, "events": events}
