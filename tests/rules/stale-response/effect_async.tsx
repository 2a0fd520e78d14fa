import { useEffect, useState } from 'react';


export function Item({ load, id }: { load: (id: number) => Promise<string>; id: number }) {
  const [item, setItem] = useState('');
  useEffect(() => {
    const run = async () => {
      const loaded = await load(id);
      setItem(loaded); // want stale-response
    };
    void run();
  }, [load, id]);
  return <p>{item}</p>;
}
