// Nothing here starts a task: an outside caller can.
let token = null;

async function login() {
  return 'token';
}

export async function accessToken() {
  if (token === null) {
    token = await login(); // want check-then-act: token (medium)
  }
  return token;
}
