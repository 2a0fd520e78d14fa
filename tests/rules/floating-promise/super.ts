// The base class's method gives a promise that may fail.
class Link {
  async close(): Promise<void> {
    await fetch("https://example.org/close");
  }
}

export class TimedLink extends Link {
  async close(): Promise<void> {
    super.close(); // want floating-promise
  }
}
