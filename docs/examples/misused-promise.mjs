export async function send(subscribers, letter) {
  subscribers.forEach(async (subscriber) => {
    await fetch(`/mail/${subscriber}`, { method: "POST", body: letter });
  });
  console.log("all sent");
}
