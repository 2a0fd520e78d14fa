import { useEffect, useState } from 'react';


export function Item({ api, id }) {
  const [item, setItem] = useState(null);
  useEffect(() => {
    api.load(id).then((loaded) => {
      setItem(loaded); // want stale-response
    });
  }, [api, id]);
  return <p>{item}</p>;
}
