export function List({ items }) {
  const save = async (item) => { await fetch(item); };
  return (
    <p>
      // racewise: ignore[misused-promise] -- text of the page
      <b title={items.forEach(async (item) => { await save(item); })} />{/* want misused-promise // want misused-promise */}
    </p>
  );
}
