import { useState } from 'react';

export function Form({ api }) {
  const [saved, setSaved] = useState(null);
  const onSubmit = async (event) => {
    event.preventDefault();
    const answer = await api.save(new FormData(event.currentTarget));
    setSaved(answer.id);
  };
  return <form onSubmit={onSubmit}>{saved}</form>;
}
