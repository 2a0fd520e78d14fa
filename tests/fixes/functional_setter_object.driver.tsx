// prints-both {"name":"","saved":1}
import { mount } from 'react';

const view = mount(Editor);
const [, { onClick }] = view.render({ api: { save: async () => 1 } });
await onClick();
console.log(JSON.stringify(view.states()[0]));
