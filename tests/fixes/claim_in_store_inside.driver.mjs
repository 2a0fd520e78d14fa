// prints ["ann"]
const sent = [];
const send = async (user) => sent.push(user);
await Promise.all([greet('ann', send), greet('ann', send)]);
console.log(JSON.stringify(sent));
