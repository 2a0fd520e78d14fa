import { useEffect, useState } from 'react';

export function Profile({ api, id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);

  useEffect(() => {
    let ignore = false;
    api
      .user(id)
      .then((found) => {
        if (!ignore) setUser(found);
      })
      .catch((problem) => setError(problem)); // want stale-response
    return () => {
      ignore = true;
    };
  }, [api, id]);

  return <p>{error ? error.message : user?.name}</p>;
}
