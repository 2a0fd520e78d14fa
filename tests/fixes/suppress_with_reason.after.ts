// fix suppress-with-reason
let visits = 0;

export async function visit(save: () => Promise<void>): Promise<void> {
  const seen = visits;
  await save();
  /* racewise: ignore[lost-update] -- TODO: tell why this is right */ visits = seen + 1;
}
