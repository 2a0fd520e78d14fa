import { useEffect, useState } from 'react';

export function Profile({ api, id }) {
  const [user, setUser] = useState(null);
  useEffect(() => {
    api.user(id).then(setUser).catch(console.error); // want stale-response
  }, [api, id]);
  return <p>{user?.name}</p>;
}
