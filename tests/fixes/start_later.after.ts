// fix listen-first
import { connect } from "node:net"

export async function ping(port: number, token: () => Promise<string>, heard: (key: string) => void) {
  const key = await token()
  const socket = connect(port) // a new one
  socket.on("connect", () => heard(key))
}
