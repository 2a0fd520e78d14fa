// prints ["ab"]
import { mount } from 'react';

const api = { find: (text) => new Promise((resolve) => { setTimeout(resolve, 20 / text.length, [text]); }) };
const view = mount(Search);
const [, { onChange }] = view.render({ api });
await Promise.all([onChange({ target: { value: 'a' } }), onChange({ target: { value: 'ab' } })]);
console.log(JSON.stringify(view.states()[0]));
