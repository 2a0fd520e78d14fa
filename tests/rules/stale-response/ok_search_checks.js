export function attach(input, list, search) {
  const onInput = async () => {
    const term = input.value;
    const hits = await search(term);
    if (term === input.value) {
      list.items = hits;
    }
  };
  input.addEventListener('input', onInput);
}
