import { users, audit } from './collections.mjs';

export async function visit(email) {
  const user = await users.findOne({ email });
  await audit.insertOne({ email, known: Boolean(user) });
  await users.updateOne({ email }, { $inc: { visits: 1 }, $setOnInsert: { since: new Date() } }, { upsert: true });
}

export async function claim(id, owner) {
  const seat = await users.findOne({ _id: id });
  if (!seat || seat.owner) return false;
  const { modifiedCount } = await users.updateOne({ _id: id, owner: null }, { $set: { owner } });
  return modifiedCount === 1;
}
