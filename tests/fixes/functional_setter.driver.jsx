// prints ["x",0,"x",2]
import { mount } from 'react';

const view = mount(TodoList);
const [, { onClick }] = view.render({ api: { save: async (text) => text } });
await Promise.all([onClick(), onClick()]);
console.log(JSON.stringify(view.states()[0]));
