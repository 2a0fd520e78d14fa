// An object of an imported type is the caller's, and what is only read does not change.
import { settings, type Job } from "./types.js";

export async function run(job: Job, work: () => Promise<void>) {
  if (!job.results.length) {
    await work();
    job.results.push(settings.name);
  }
}

export async function name(work: () => Promise<void>) {
  if (settings.names.has("a")) {
    await work();
    return settings.names.get("a");
  }
  return "";
}
