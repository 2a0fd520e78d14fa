import { setTimeout as pause } from 'timers/promises';

async function flush(buffer, target) {
  await target.write(buffer.splice(0));
}

export async function close(buffer, target) {
  const flushed = flush(buffer, target); // want floating-promise: flush
  pause(50); // want floating-promise: pause
  await target.close();
}

export async function drain(buffers, target) {
  const pending = [];
  for (const buffer of buffers) {
    pending.push(flush(buffer, target)); // want floating-promise: flush
  }
  await target.close();
}
