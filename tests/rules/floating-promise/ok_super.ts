// The base class's method is meant, not the class's own of the same name.
import { Adapter } from "./adapter";

class Link {
  close(): void {}
}

export class TimedLink extends Link {
  async close(): Promise<void> {
    super.close();
    await this.flush();
  }

  private async flush(): Promise<void> {
    await fetch("https://example.org/flush");
  }
}

export class ClusterAdapter extends Adapter {
  async fetchSockets(): Promise<string[]> {
    const answer = await fetch("https://example.org/sockets");
    return answer.json();
  }

  async refresh(): Promise<void> {
    super.fetchSockets();
  }
}
