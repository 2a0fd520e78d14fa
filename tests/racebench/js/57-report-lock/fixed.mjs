// Builds a report of several pages, never two at once.
export class Reports {
  constructor(writer) {
    this.writer = writer;
    this.building = false;
  }

  async build(pages) {
    if (this.building) return 'busy';
    this.building = true;
    try {
      for (const page of pages) {
        await this.writer.write(page);
      }
      return 'built';
    } finally {
      this.building = false;
    }
  }
}
