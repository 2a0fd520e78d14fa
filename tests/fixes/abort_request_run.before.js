// fix abort-request
// prints 2 none
const Module = require('node:module');

const state = [];
let slot = 0, cleanUp;
const hooks = {
  useState: (first) => {
    const own = slot++;
    if (!(own in state)) state[own] = first;
    return [state[own], (value) => { state[own] = value; }];
  },
  useEffect: (effect) => {
    cleanUp?.();
    cleanUp = effect();
  },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === 'react' ? hooks : load(name, ...rest));

const { useEffect, useState } = require('react');

globalThis.fetch = (id, { signal } = {}) => new Promise((resolve, reject) => {
  signal?.addEventListener('abort', () => reject(signal.reason));
  setTimeout(() => resolve(id), 20 / id);
});

function Profile({ id }) {
  const [user, setUser] = useState('nobody');
  const [error, setError] = useState('none');
  useEffect(() => {
    fetch(id)
      .then((answer) => setUser(answer))
      .catch((reason) => setError(reason));
  }, [id]);
  return `${user} ${error}`;
}

const render = (id) => {
  slot = 0;
  return Profile({ id });
};

render(1);
render(2);
setTimeout(() => console.log(`${state[0]} ${state[1]}`), 50);

module.exports = { Profile };
