import { useEffect, useState } from 'react';

export function Profile({ id }) {
  const [user, setUser] = useState(null);
  useEffect(() => {
    const controller = new AbortController();
    fetch(`/users/${id}`, { signal: controller.signal })
      .then((response) => response.json())
      .then((found) => setUser(found))
      .catch(() => {});
    return () => controller.abort();
  }, [id]);
  return <p>{user?.name}</p>;
}
