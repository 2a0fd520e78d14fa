from pathlib import Path


async def prepare(folder: Path, quota, name: str):
    if not folder.exists():
        await quota.reserve(name)
        folder.mkdir(parents=True, exist_ok=True)
    report = folder / "report.txt"
    if not report.exists():
        await quota.reserve(name)
        try:
            with open(report, "x") as file:
                file.write(name)
        except FileExistsError:
            pass
