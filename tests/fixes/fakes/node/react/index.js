// Hooks for a component that a driver renders: `mount` gives its `render`, `unmount`, and the `states` that it keeps.
let current;

function slot(make) {
  const { slots } = current;
  const index = current.next++;
  if (!(index in slots)) slots[index] = make();
  return slots[index];
}

exports.useState = (first) => {
  const own = slot(() => ({ state: first }));
  own.set ??= (value) => { own.state = typeof value === 'function' ? value(own.state) : value; };
  return [own.state, own.set];
};

exports.useRef = (first) => slot(() => ({ current: first }));

exports.useEffect = (effect, dependencies) => {
  const own = slot(() => ({}));
  if (own.dependencies?.every((each, index) => Object.is(each, dependencies[index]))) return;
  own.cleanUp?.();
  own.dependencies = dependencies;
  own.cleanUp = effect();
};

exports.mount = (component) => {
  const slots = [];
  return {
    render(properties) {
      current = { slots, next: 0 };
      return component(properties);
    },
    unmount() {
      for (const each of slots) each.cleanUp?.();
    },
    states: () => slots.filter((each) => 'state' in each).map((each) => each.state),
  };
};
