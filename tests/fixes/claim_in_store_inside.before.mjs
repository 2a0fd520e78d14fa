// fix atomic-store
import { createClient } from 'redis'

const redis = createClient()

export async function greet(user, send) {
  if (!(await redis.exists(`greeted:${user}`))) {
    await redis.set(`greeted:${user}`, 'é') // once
    await send(user)
  }
}