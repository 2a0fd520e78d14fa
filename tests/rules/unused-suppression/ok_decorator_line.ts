async function isDebug() {
  return fetch("/debug");
}

declare function Get(path: string): (target: unknown, name: string) => void;

export class Page {
  @Get("/") // racewise: ignore[misused-promise] -- shown to students
  @Get(isDebug() ? "/a" : "/b")
  async index() {}

  // racewise: ignore[misused-promise] -- shown to students
  @Get("/")
  @Get(isDebug() ? "/a" : "/b")
  async help() {}
}
