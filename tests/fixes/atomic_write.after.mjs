// fix atomic-call
import { writeFile } from "node:fs/promises"
import { existsSync } from "node:fs"

export async function create(path, render) {
  if (existsSync(path)) return false
  await writeFile(path, await render(), { flag: "wx", encoding: "utf8" })
  return true
}
