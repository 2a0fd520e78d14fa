import { useEffect, useState } from 'react';

export function Profile({ api, id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    let live = true;
    api
      .user(id)
      .then((found) => live && setUser(found))
      .catch((problem) => {
        if (live) setError(problem);
      });
    return () => {
      live = false;
    };
  }, [api, id]);
  return <p>{error ? 'failed' : user?.name}</p>;
}
