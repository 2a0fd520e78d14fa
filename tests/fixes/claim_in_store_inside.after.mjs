// fix atomic-store
import { createClient } from 'redis'

const redis = createClient()

export async function greet(user, send) {
  if (await redis.set(`greeted:${user}`, 'é', { NX: true })) {
    // once
    await send(user)
  }
}