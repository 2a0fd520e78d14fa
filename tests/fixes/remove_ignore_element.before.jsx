// fix remove-ignore
// safe yes
export function List({ items }) {
  return (
    <ul>
      {/* racewise: ignore[misused-promise] -- shown to students */}
      <li title={items.length} />
    </ul>
  );
}
