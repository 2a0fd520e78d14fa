class Service {
  started = false;

  async open() {
    console.log('opening');
  }

  async start() {
    if (!this.started) {
      await this.open();
      this.started = true; // want check-then-act: this.started (high)
    }
  }
}

async function main() {
  const service = new Service();
  await Promise.all([service.start(), service.start()]);
}

void main();
