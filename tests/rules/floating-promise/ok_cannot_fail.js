export class Poller {
  constructor(source, log) {
    this.source = source;
    this.log = log;
  }

  async poll() {
    while (!this.stopped) {
      try {
        await this.source.read();
      } catch (error) {
        this.log(error);
      }
    }
  }

  start() {
    this.poll();
    (async () => {
      try {
        await this.source.open();
      } catch (error) {
        this.log(error);
      }
    })();
  }
}
