export async function send(issue, subscribers, mailer) {
  const report = { sent: 0 };
  subscribers.forEach(async (subscriber) => { // want misused-promise: subscribers.forEach (high)
    await mailer.send(subscriber, issue);
    report.sent += 1;
  });
  return report;
}

async function ping(host) {
  await fetch(host);
}

export function pingAll(hosts) {
  hosts.forEach((host) => ping(host)); // want misused-promise: hosts.forEach
  new Set(hosts).forEach(ping); // want misused-promise
}

export async function pingAndWait() {
  const hosts = ['a', 'b'];
  await hosts.forEach(async (host) => { // want misused-promise: hosts.forEach
    await ping(host);
  });
}
