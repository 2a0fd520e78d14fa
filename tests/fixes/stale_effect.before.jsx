// fix drop-stale
import { useEffect, useState } from 'react';

export function Profile({ api, id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);

  useEffect(() => {
    const load = async () => {
      try {
        /* größer */ const found = await api.load(id);
        setUser(found);
      } catch (e) {
        setError(e);
      }
    };
    load();
  }, [id]);

  return <p>{user ? user.name : String(error)}</p>;
}
