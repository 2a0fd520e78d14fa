import { useEffect, useRef, useState } from 'react';

export function Board({ api, boardId }) {
  const [cards, setCards] = useState([]);
  const [people, setPeople] = useState([]);
  const current = useRef(boardId);
  current.current = boardId;

  useEffect(() => {
    async function load() {
      const found = await api.cards(boardId);
      if (current.current !== boardId) return;
      setCards(found);
    }
    void load();
  }, [api, boardId]);

  useEffect(() => {
    (async () => {
      const found = await api.people(boardId);
      setPeople(found); // want stale-response
    })();
  }, [api, boardId]);

  return <b>{cards.length + people.length}</b>;
}
