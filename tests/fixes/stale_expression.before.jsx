// fix drop-stale
import { useEffect, useState } from 'react'

export const Profile = ({ api, id }) => {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState('')
  useEffect(() => { api.load(id).then(({ name }) => setName(name), setProblem) }, [api, id])
  return <p>{name}{problem}</p>
}
