// fix abort-request
import { useEffect, useState } from "react";

export function Profile({ id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);

  useEffect(() => {
    fetch(`/users/Zoë/${id}`, { headers: { accept: "application/json" } })
      .then((response) => response.json())
      .then((answer) => setUser(answer))
      .catch(setError);
  }, [id]);

  return <p>{user ? user.name : String(error)}</p>;
}
