// fix test-before-wait
// prints a,b
class Pump {
  private wake?: () => void;
  private buffered = new Set<string>();
  written: string[] = [];

  async run(): Promise<void> {
    while (this.written.length < 2) {
      while (this.buffered.size === 0) await new Promise<void>((resolve) => { this.wake = resolve; }); // till something comes
      for (const chunk of [...this.buffered]) {
        this.buffered.delete(chunk);
        await new Promise((resolve) => setTimeout(resolve, 2));
        this.written.push(chunk);
      }
    }
  }

  push(chunk: string): void {
    this.buffered.add(chunk);
    this.wake?.();
  }
}

const pump = new Pump();
const done = pump.run();
pump.push("a");
setTimeout(() => pump.push("b"), 1);
await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 30))]);
console.log(pump.written.join());
