export function createStore(api) {
  return {
    folder: null,
    files: [],
    async open(folder) {
      this.folder = folder;
      const files = await api.list(folder);
      if (this.folder === folder) this.files = files;
    },
    async rename(folder, name) {
      const renamed = await api.rename(folder, name);
      this.files = this.files.map((file) => (file.folder === folder ? renamed : file));
    },
  };
}
