async function audit(user) {
  await fetch("/audit", { method: "POST", body: user });
}

export async function remove(user) {
  audit(user);
  await fetch(`/users/${user}`, { method: "DELETE" });
}
