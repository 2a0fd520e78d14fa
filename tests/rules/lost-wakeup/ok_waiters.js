const waiters = [];

async function worker() {
  for (;;) {
    await new Promise((resolve) => waiters.push(resolve));
    await fetch("/work");
  }
}

export function notify() {
  for (const wake of waiters.splice(0)) wake();
}

worker();
