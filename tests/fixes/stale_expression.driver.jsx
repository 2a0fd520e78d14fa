// prints ["name 2",""]
import { mount } from 'react';

const api = {
  load: (id) => new Promise((resolve) => { setTimeout(resolve, 20 / id, { name: `name ${id}` }); }),
  watch: () => () => {},
};
const view = mount(Profile);
view.render({ api, id: 1 });
view.render({ api, id: 2 });
setTimeout(() => console.log(JSON.stringify(view.states())), 50);
