export function* counters(measure) {
  let total = 0;
  yield async function add() {
    total += await measure(); // want lost-update: total
  };
  yield () => total;
}
