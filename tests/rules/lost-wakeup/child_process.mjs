import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";

export async function build(log) {
  const child = spawn("make");
  child.on("error", console.error);
  await writeFile(log, "started");
  return new Promise((resolve) => {
    child.on("exit", resolve);
  });
}

export async function compile(log) {
  const child = spawn("make");
  await writeFile(log, "started");
  child.on("exit", (code) => console.log(code)); // want lost-wakeup
}
