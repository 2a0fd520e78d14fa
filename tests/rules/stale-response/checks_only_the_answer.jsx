import { useEffect, useState } from 'react';

export function Profile({ id }) {
  const [user, setUser] = useState(null);
  useEffect(() => {
    const load = async () => {
      const response = await fetch(`/users/${id}`);
      if (!response.ok) return;
      setUser(await response.json()); // want stale-response
    };
    void load();
  }, [id]);
  return <p>{user?.name}</p>;
}
