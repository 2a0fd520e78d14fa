const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

class Pool {
  private readonly idle = new Set<{ stop(): void }>();
  private readonly listeners: (() => Promise<void>)[] = [];

  // Waits for nothing and gives nothing: it is `async` for its interface's sake.
  async clear(): Promise<void> {
    for (const worker of this.idle) worker.stop();
    this.idle.clear();
  }

  async notify(): Promise<void> {
    await Promise.allSettled(this.listeners.map((listener) => listener()));
  }

  async later(): Promise<void> {
    await pause(100);
    this.idle.clear();
  }

  shrink(): void {
    this.clear();
    this.notify();
    this.later();
  }
}

export async function probe(url: string): Promise<boolean> {
  try {
    const socket = new WebSocket(url);
    return new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
    });
  } catch {
    return false;
  }
}

export async function inChild(start: (done: (value: string) => void, failed: (error: Error) => void) => void) {
  try {
    const answer = new Promise<string>((resolve, reject) => start(resolve, reject));
    await answer;
    return answer;
  } finally {
    console.log('the child is gone');
  }
}

export const pool = new Pool();
