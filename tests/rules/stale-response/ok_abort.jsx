import { useEffect, useState } from 'react';


export function Item({ url }) {
  const [item, setItem] = useState(null);
  useEffect(() => {
    const controller = new AbortController();
    const run = async () => {
      const loaded = await fetch(url, { signal: controller.signal });
      setItem(loaded);
    };
    run().catch(() => {});
    return () => controller.abort();
  }, [url]);
  return <p>{item}</p>;
}
