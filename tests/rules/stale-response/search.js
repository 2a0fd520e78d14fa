export function attach(input, list, search) {
  const onInput = async () => {
    const hits = await search(input.value);
    list.items = hits; // want stale-response
  };
  input.addEventListener('input', onInput);
}
