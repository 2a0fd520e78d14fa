let parser;
let hash = null;

// A module is loaded once, however often it is imported.
export async function parse(text) {
  parser ??= (await import('some-parser')).default;
  return parser.parse(text);
}

export async function digest(text) {
  if (!hash) {
    const module = await import('some-hash');
    hash = module.sha256;
  }
  return hash(text);
}
