// fix abort-request
import { useEffect, useState } from "react";

export function Profile({ id }) {
  const [user, setUser] = useState(null);
  const [error, setError] = useState(null);

  useEffect(() => {
    const controller = new AbortController();
    fetch(`/users/Zoë/${id}`, { headers: { accept: "application/json" }, signal: controller.signal })
      .then((response) => response.json())
      .then((answer) => {
        if (!controller.signal.aborted) setUser(answer);
      })
      .catch((answer) => {
        if (!controller.signal.aborted) setError(answer);
      });
    return () => {
      controller.abort();
    };
  }, [id]);

  return <p>{user ? user.name : String(error)}</p>;
}
