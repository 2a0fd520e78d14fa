export class Connection {
  constructor(driver) {
    this.driver = driver;
  }

  async open() {
    this.socket = await this.driver.connect();
  }

  ready() {
    this.opening ??= this.open();
    return this.opening;
  }

  warm() {
    this.ready();
  }

  start() {
    const opening = this.open();
    opening.catch(() => {});
    return opening;
  }

  restart() {
    this.start();
  }
}
