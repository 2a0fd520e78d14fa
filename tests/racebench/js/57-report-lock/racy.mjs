// Builds a report of several pages, never two at once.
export class Reports {
  constructor(writer) {
    this.writer = writer;
    this.building = false;
  }

  async build(pages) {
    if (this.building) return 'busy';
    this.building = true;
    for (const page of pages) {
      await this.writer.write(page);
    }
    this.building = false;
    return 'built';
  }
}
