import { debounce } from 'tools';

async function write(text) {
  await fetch('/log', { body: text });
}

class Editor {
  constructor() {
    this.save = debounce(this.save, 100);
  }

  async save() {
    await write('text');
  }

  flush() {
    return undefined;
  }

  close(file) {
    this.save();
    this.flush();
    file.close();
    const write = (text) => file.append(text);
    write('closed');
  }
}

class RemoteEditor extends Editor {
  async flush() {
    await write('flush');
  }
}

export { Editor, RemoteEditor };
