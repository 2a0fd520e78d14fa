import { users } from './collections.mjs';

export async function signup(email) {
  const known = await users.findOne({ email });
  if (known) return false;
  await users.insertOne({ email }); // want toctou
  return true;
}
