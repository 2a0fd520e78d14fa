"""Only the miss leads on, with or without a condition around it."""


class Answers:
    def __init__(self):
        self.cache = {}

    async def ask(self, key, cached=True):
        if cached:
            try:
                return self.cache[key]
            except KeyError:
                print("miss")
        answer = await service.ask(key)
        if cached:
            self.cache[key] = answer  # want check-then-act: self.cache[key] (medium)
        return answer
