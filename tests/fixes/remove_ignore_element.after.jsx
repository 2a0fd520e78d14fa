// fix remove-ignore
// safe yes
export function List({ items }) {
  return (
    <ul>
      <li title={items.length} />
    </ul>
  );
}
