// fix listen-first
import { connect } from "node:net"

export async function ping(port: number, token: () => Promise<string>, heard: (key: string) => void) {
  const socket = connect(port) // a new one
  const key = await token()
  socket.on("connect", () => heard(key))
}
