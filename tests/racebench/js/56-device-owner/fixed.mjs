// A lab device that one experiment may hold at a time.
export class Device {
  constructor(bus) {
    this.bus = bus;
    this.owner = null;
  }

  async run(experiment, volts) {
    if (this.owner !== null) return null;
    this.owner = experiment;
    try {
      return await this.bus.measure(volts);
    } finally {
      this.owner = null;
    }
  }
}
