// Timers on a clock that leaps to the next of them when nothing else is to be done: what a program prints does not
// depend on how busy the machine is. For programs that wait for nothing but timers.
const turn = setImmediate;
const waiting = [];
let now = 0;
let turning = false;

function leap() {
  waiting.sort((a, b) => a.due - b.due);
  const next = waiting.shift();
  turning = waiting.length > 0 || next !== undefined;
  if (turning) turn(leap);
  if (!next) return;
  now = next.due;
  next.work(...next.values);
}

globalThis.setTimeout = (work, delay = 0, ...values) => {
  const timer = { due: now + Math.max(1, Number(delay)), work, values, ref: () => timer, unref: () => timer };
  waiting.push(timer);
  if (!turning) turn(leap);
  turning = true;
  return timer;
};

globalThis.clearTimeout = (timer) => {
  const index = waiting.indexOf(timer);
  if (index >= 0) waiting.splice(index, 1);
};
