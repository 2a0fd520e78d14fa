import { useState } from 'react';

export function LikeButton({ save }) {
  const [likes, setLikes] = useState(0);
  const like = async () => {
    await save();
    setLikes((before) => before + 1);
  };
  return <button onClick={like}>{likes}</button>;
}
