import { once } from "node:events";
import { connect } from "node:net";

export async function ping(port, prepare) {
  const socket = connect(port);
  await prepare();
  await once(socket, "connect"); // want lost-wakeup
  socket.write("ping");
}
