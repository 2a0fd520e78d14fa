# prints-both visits: 1
async def main():
    page = Page()
    await page.visit()
    print("visits:", page.visits)


asyncio.run(main())
