import { spawn } from "node:child_process";
import { once } from "node:events";

export async function build(prepare) {
  await prepare();
  const child = spawn("make");
  child.on("exit", console.log);
  await prepare();
  child.stdout.on("data", console.log);
}

export async function compile() {
  const child = spawn("make");
  const exit = once(child, "exit");
  await fetch("/started");
  await exit;
}
