// fix drop-stale
import { useEffect, useState } from 'react'

export const Profile = ({ api, id }) => {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState('')
  useEffect(() => { let ignore = false; api.load(id).then(({ name }) => {
    if (!ignore) setName(name)
  }, (answer) => {
    if (!ignore) setProblem(answer)
  })
  return () => {
    ignore = true
  } }, [api, id])
  return <p>{name}{problem}</p>
}
