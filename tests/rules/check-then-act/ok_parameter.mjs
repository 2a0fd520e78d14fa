// What a caller hands in is the caller's: each request has its own object.
async function loadUser(request) {
  return request.headers.user;
}

export async function handle(request) {
  if (!request.user) {
    request.user = await loadUser(request);
  }
}
