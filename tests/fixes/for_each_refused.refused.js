// refuses for-each: is not async
async function save(item) {
  await null;
  if (!item) throw new Error('empty');
}
function saveAll(items) {
  items.forEach(async (item) => {
    await save(item);
  });
}
saveAll([1]);
