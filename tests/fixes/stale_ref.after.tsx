// fix drop-stale
import * as React from 'react';

export function Search({ api }: { api: { find(text: string): Promise<string[]> } }) {
  const [hits, setHits] = React.useState<string[]>([]);
  const latestRequest = React.useRef(0);
  // As one types.
  const onChange = async (event: React.ChangeEvent<HTMLInputElement>): Promise<void> => {
    const request = ++latestRequest.current;
    const value = await api.find(event.target.value);
    if (request !== latestRequest.current) return;
    setHits(value);
  };
  return <input title={hits.join()} onChange={onChange} />;
}
