// A plain function that is called again before what continues its first call has run, within one activation of another.
function session(ask) {
  let spent = 0;

  function charge(model) {
    const before = spent; // first-access
    return ask(model).then((cost) => {
      spent = before + cost; // want lost-update: spent
    });
  }

  return Promise.all([charge('a'), charge('b')]).then(() => spent);
}

session(async () => 1).then(console.log, console.error);
