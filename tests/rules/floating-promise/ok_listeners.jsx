import { useEffect } from 'react';

async function save(form) {
  await fetch('/form', { method: 'POST', body: form });
}

export function register(server, button) {
  server.get('/', async (request, response) => {
    await save(request.body);
    response.end();
  });
  button.addEventListener('click', async () => {
    await save(button.form);
  });
  setInterval(() => save(button.form), 1000);
  setTimeout(async () => save(button.form), 10);
}

export function Form({ form }) {
  return <button onClick={() => save(form)} onBlur={async () => await save(form)} />;
}
