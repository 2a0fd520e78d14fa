export function start(queue) {
  (async () => { // want floating-promise
    for (;;) {
      const job = await queue.take();
      await job.run();
    }
  })();
  void (async () => {
    await queue.ready();
  })();
}
