export function createStore(api) {
  return {
    folder: null,
    files: [],
    async open(folder) {
      this.folder = folder;
      const files = await api.list(folder);
      this.files = files; // want stale-response
    },
  };
}
