import pLimit from "p-limit";
let seats = 3;
export async function book(pay) {
  const limit = pLimit(1);
  await limit(async () => {  // want ineffective-lock
    if (seats > 0) {
      await pay();
      seats -= 1;
    }
  });
}
