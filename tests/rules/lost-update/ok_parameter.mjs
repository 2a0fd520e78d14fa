// What a caller hands in is the caller's: each request has its own object.
async function measure(request) {
  return request.url.length;
}

export async function handle(request) {
  request.cost = request.cost + (await measure(request));
}
