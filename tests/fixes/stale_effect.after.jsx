// fix drop-stale
import { useEffect, useState } from 'react';

export function Profile({ api, id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);

  useEffect(() => {
    let ignore = false;
    const load = async () => {
      try {
        /* größer */ const found = await api.load(id);
        if (ignore) return;
        setUser(found);
      } catch (e) {
        if (ignore) return;
        setError(e);
      }
    };
    load();
    return () => {
      ignore = true;
    };
  }, [id]);

  return <p>{user ? user.name : String(error)}</p>;
}
