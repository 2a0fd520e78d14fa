// A store in memory; each command takes a turn.
exports.createClient = () => {
  const entries = new Map();
  return {
    async exists(key) {
      await null;
      return Number(entries.has(key));
    },
    async get(key) {
      await null;
      return entries.get(key) ?? null;
    },
    async set(key, value, { NX } = {}) {
      await null;
      if (NX && entries.has(key)) return null;
      entries.set(key, value);
      return 'OK';
    },
    async incr(key) {
      await null;
      entries.set(key, Number(entries.get(key) ?? 0) + 1);
      return entries.get(key);
    },
  };
};
