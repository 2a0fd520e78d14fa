async function fetchPage(page) {
  return [page];
}

class Feed {
  items = [];

  async pull(page) {
    this.items = [...this.items, ...(await fetchPage(page))]; // want lost-update: this.items (high)
  }
}

async function main() {
  const feed = new Feed();
  await Promise.all([1, 2, 3].map((page) => feed.pull(page)));
  console.log(feed.items);
}

void main();
