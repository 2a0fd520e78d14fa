import { useCallback, useState } from 'react';

// A component's state is what it was when it was rendered; setters are no act on what was tested.
export function Title({ onSubmit, fetchPage }) {
  const [value, setValue] = useState('');
  const [original, setOriginal] = useState('');
  const [offset, setOffset] = useState(0);
  const [more, setMore] = useState(true);

  const save = useCallback(async () => {
    if (value === original) {
      setValue(original);
      return;
    }
    try {
      await onSubmit(value);
      setOriginal(value);
    } catch {
      setValue(value);
    }
  }, [value, original, onSubmit]);

  const loadMore = async () => {
    if (!more || offset > 100) return;
    const page = await fetchPage(offset);
    if (page.length === 0) setMore(false);
    setOffset((before) => before + page.length);
  };

  return <input value={value} onChange={(event) => setValue(event.target.value)} onBlur={save} onKeyUp={loadMore} />;
}
