// fix functional-setter: form
import { useState } from 'react';

interface Form {
  name: string;
  saved: number;
}

export function Editor({ api }: { api: { save(form: Form): Promise<number> } }) {
  const [form, setForm] = useState<Form>({ name: '', saved: 0 });
  const save = async (): Promise<void> => {
    const at = await api.save(form);
    setForm({ ...form, saved: at });
  };
  return <button onClick={save}>{form.name}</button>;
}
