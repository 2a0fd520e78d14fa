// fix abort-request
import { useEffect, useState } from "react"

export function Profile({ id }: { id: string }) {
  const [user, setUser] = useState<{ name: string } | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const controller = new AbortController()
    const timer = setTimeout(() => console.log("slow"), 1000)
    async function load() {
      try {
        const response = await fetch(`/users/${id}`, { signal: controller.signal })
        const value = await response.json()
        if (controller.signal.aborted) return
        setUser(value)
      } catch {
        if (controller.signal.aborted) return
        setFailed(true)
      }
    }
    void load()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [id])

  return <p>{user ? user.name : failed ? "no" : "…"}</p>
}
