let wake: (() => void) | undefined;
let count = 0;

async function counter(): Promise<void> {
  for (;;) {
    await new Promise<void>((resolve) => { wake = resolve; });
    count += 1;
  }
}

export function tick(): void {
  wake?.();
}

counter();
