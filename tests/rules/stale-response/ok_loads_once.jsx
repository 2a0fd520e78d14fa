import { useEffect, useState } from 'react';

export function Settings({ api }) {
  const [settings, setSettings] = useState(null);
  useEffect(() => {
    api.settings().then(setSettings);
  }, []);
  return <pre>{JSON.stringify(settings)}</pre>;
}
