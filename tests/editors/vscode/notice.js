// Opens a file and waits for a notification, and tells what it says. The session has {open, picture}: the file's name, and
// where to put a screenshot.
const { play, texts, openFile } = require("./browser");

play(async (page, session) => {
  await openFile(page, session.open);
  await page.locator(".notification-list-item", { hasText: "Racewise" }).first().waitFor();
  await page.screenshot({ path: session.picture });
  return { notices: await texts(page, ".notification-list-item-message") };
});
