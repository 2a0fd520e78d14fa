interface Acl {
  allows(user: string, doc: string): Promise<boolean>;
}

export async function readable(user: string, docs: string[], acl: Acl) {
  const mine = docs.filter(async (doc) => acl.allows(user, doc)); // want misused-promise: docs.filter (high)
  const may = async (doc: string) => await acl.allows(user, doc);
  if (docs.some(may)) return mine; // want misused-promise: docs.some
  if (docs.every((doc) => may(doc))) return mine; // want misused-promise: docs.every
  const first = docs.find(may); // want misused-promise: docs.find
  const index = docs.findIndex(may); // want misused-promise: docs.findIndex
  docs.sort(async (a, b) => ((await may(a)) ? 1 : -1)); // want misused-promise: docs.sort
  return [first, index];
}
