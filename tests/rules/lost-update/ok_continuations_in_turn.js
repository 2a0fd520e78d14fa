// Each continuation has run before the next call.
async function session(ask) {
  let spent = 0;

  function charge(model) {
    const before = spent;
    return ask(model).then((cost) => {
      spent = before + cost;
    });
  }

  await charge('a');
  await charge('b');
  return spent;
}

session(async () => 1).then(console.log, console.error);
