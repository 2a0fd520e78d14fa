visits = 0


async def record_visit():
    global visits
    visits += 1  # racewise: ignore[lost-update] -- one worker runs this
