// fix functional-setter: items
import { useState } from 'react'

export function TodoList({ api }) {
  const [items, setItems] = useState([])
  const [view, setView] = useState({ page: 1, items })

  async function add(text) {
    /* größer */ const value = await api.save(text)
    setItems((current) => [...current, value, current.length])
  }

  return <ul onClick={() => add('x')} title={view.page} onBlur={() => setView({ page: 2, items })}>{items.length}</ul>
}
