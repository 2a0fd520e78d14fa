// Runs the programs whose paths are a JSON array on standard input, each in a thread of its own, and writes an object
// of what each has printed and how it failed: {"PATH": {"printed": "…", "failed": ""}}.
import { readFileSync } from "node:fs";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const AT_ONCE = 4;
const PATIENCE = 60_000; // milliseconds
const CLOCK = new URL("virtual_time.cjs", import.meta.url).pathname;

/** Whether a program waits for nothing but timers. */
const isTimed = (path) => !/\b(node:(?!module)|child_process)/.test(readFileSync(path, "utf8"));

async function outcomeOf(path) {
  const execArgv = isTimed(path) ? ["--require", CLOCK] : [];
  const worker = new Worker(path, { stdout: true, stderr: true, execArgv });
  const output = Promise.all([textOf(worker.stdout), textOf(worker.stderr)]);
  const ended = new Promise((resolve) => {
    worker.once("error", (error) => resolve(String(error?.stack ?? error)));
    worker.once("exit", (code) => resolve(code === 0 ? "" : `exit status ${code}`));
  });
  const patience = new AbortController();
  const failed = await Promise.race([ended, after(PATIENCE, "it does not end", { signal: patience.signal })]);
  patience.abort();
  await worker.terminate();
  const [printed, errors] = await output;
  return { printed, failed: failed && `${failed}\n${errors}` };
}

const paths = JSON.parse(await textOf(process.stdin));
const outcomes = {};
async function work() {
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) outcomes[path] = await outcomeOf(path);
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
process.stdout.write(JSON.stringify(outcomes));
