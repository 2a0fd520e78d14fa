import { useState } from 'react';

export function Search({ api }: { api: { find(term: string): Promise<string[]> } }) {
  const [hits, setHits] = useState<string[]>([]);

  const onChange = async (event: { target: { value: string } }) => {
    const found = await api.find(event.target.value);
    setHits(found); // want stale-response
  };

  return <input onChange={onChange} title={hits.join()} />;
}
