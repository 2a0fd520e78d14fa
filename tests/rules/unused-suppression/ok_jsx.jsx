export function List({ items }) {
  const save = async (item) => { await fetch(item); };
  return (
    <ul>
      {/* racewise: ignore[misused-promise] -- shown to students */}
      <li
        title={items.forEach(async (item) => { await save(item); })}
      />
      <li title={items.forEach(async (item) => { await save(item); })} /> {/* racewise: ignore[misused-promise] -- shown to students */}
      {
        /* racewise: ignore[misused-promise] -- shown to students */
        items.forEach(async (item) => { await save(item); })
      }
    </ul>
  );
}
