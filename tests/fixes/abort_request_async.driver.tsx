// prints [{"name":"2"},false]
import { mount } from 'react';

globalThis.fetch = (path, { signal } = {}) =>
  new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
    setTimeout(() => resolve({ json: async () => ({ name: path.at(-1) }) }), 20 / path.at(-1));
  });

const view = mount(Profile);
view.render({ id: '1' });
view.render({ id: '2' });
setTimeout(() => {
  console.log(JSON.stringify(view.states()));
  view.unmount();
}, 50);
