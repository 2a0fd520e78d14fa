import axios from 'axios';

interface Hook {
  url: string;
}

export class Hooks {
  constructor(private readonly hooks: Map<string, Hook>) {}

  async notify(event: object): Promise<void> {
    const hooks = [...this.hooks.values()];
    await Promise.allSettled( // want unbounded-concurrency: hooks
      hooks.map(async (hook) => {
        await axios.post(hook.url, event);
      }),
    );
  }
}
