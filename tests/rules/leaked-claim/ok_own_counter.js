// The counter of a loop is the call's own, though a callback sees it.
export async function sendAll(client, jobs) {
  const failed = [];
  for (let i = 0; i < jobs.length; i++) {
    await client.send(jobs[i], () => failed.push(i));
  }
  return failed;
}
