class Caches {
  constructor() {
    this.caches = new Map();
  }

  open(name, cache) {
    this.caches.set(name, cache);
  }

  remove(name) {
    this.caches.delete(name);
  }

  async any(request) {
    for (const cache of this.caches.values()) {
      if (cache.accepts(request)) {
        return await cache.match(request);
      }
    }
    return null;
  }
}

module.exports = { Caches };
