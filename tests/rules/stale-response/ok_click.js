export function attach(button, list, load) {
  button.addEventListener('click', async () => {
    list.items = await load();
  });
}
