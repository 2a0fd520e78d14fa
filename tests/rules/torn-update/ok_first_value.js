// The list is the call's own: it is not emptied where it begins, and the callbacks are waited for.
export class Batch {
  constructor(client) {
    this.client = client;
  }

  async run(jobs) {
    const results = [];
    const checks = [];
    for (let i = 0; i < jobs.length; i++) {
      checks.push(
        jobs[i].check().then(
          () => {},
          (error) => {
            results[i] = error;
          },
        ),
      );
    }
    await Promise.all(checks);
    for (let i = 0; i < jobs.length; i++) {
      results.push(await this.client.send(jobs[i]));
    }
    return results;
  }
}
