// fix abort-request
import { useEffect, useState } from "react"

export function Profile({ id }: { id: string }) {
  const [user, setUser] = useState<{ name: string } | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const timer = setTimeout(() => console.log("slow"), 1000)
    async function load() {
      try {
        const response = await fetch(`/users/${id}`)
        setUser(await response.json())
      } catch {
        setFailed(true)
      }
    }
    void load()
    return () => clearTimeout(timer)
  }, [id])

  return <p>{user ? user.name : failed ? "no" : "…"}</p>
}
