import asyncio


class Context:
    def __init__(self):
        self.request = None


context = Context()


async def handle(request, authorise, answers):
    context.request = request
    if not await authorise(request.token):
        return
    answers.append(context.request.path)  # want clobbered-state


async def serve(requests, authorise):
    answers = []
    await asyncio.gather(*(handle(request, authorise, answers) for request in requests))
    return answers
