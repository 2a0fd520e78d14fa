import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

export class Exporter {
  constructor(private readonly root: string, private readonly render: (id: string) => Promise<string>) {}

  async export(id: string): Promise<void> {
    const target = `${this.root}/${id}.html`;
    if (existsSync(target)) return;
    const page = await this.render(id);
    await writeFile(target, page); // want toctou: target
  }
}
