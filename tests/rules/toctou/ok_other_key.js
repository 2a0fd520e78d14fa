const { createClient } = require('redis');

const redis = createClient();

async function rename(from, to) {
  const value = await redis.get(from);
  if (value !== null) await redis.set(to, value);
  const seen = new Map();
  if (!seen.get(from)) seen.set(from, value);
}

module.exports = { rename };
