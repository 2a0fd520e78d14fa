import { useEffect, useState } from 'react';


export function Item({ api, id }) {
  const [item, setItem] = useState(null);
  useEffect(() => {
    let ignore = false;
    api.load(id).then((loaded) => {
      if (!ignore) setItem(loaded);
    });
    return () => {
      ignore = true;
    };
  }, [api, id]);
  return <p>{item}</p>;
}
