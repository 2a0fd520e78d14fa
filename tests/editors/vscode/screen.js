// A user's session: types a program into an empty file, sees the squiggle and what the mouse tells of it, takes a fix from
// the light bulb's menu, and saves. Tells what was seen; what should be seen is the caller's business.
//
// The session has {file, text, fix, pictures}: the file, which is there and empty; the text to type; the title of the fix to
// choose; where to put screenshots. The report has {typed, problems, hover, titles}.
const { play, until, texts, openFile, command } = require("./browser");
const fs = require("node:fs");
const path = require("node:path");

const SQUIGGLE = ".monaco-editor .squiggly-error";
const HOVER = ".monaco-hover:not(.hidden) .hover-row";
const LIGHT_BULB = ".monaco-editor [class*='lightbulb'], .monaco-editor .lightBulbWidget";

async function save(page, file) {
  const before = fs.readFileSync(file, "utf8");
  await page.keyboard.press("Control+S");
  await until("the saved file", () => fs.readFileSync(file, "utf8") !== before);
}

async function restPointer(page) {
  const box = await page.locator(SQUIGGLE).first().boundingBox();
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.move(box.x + 12, box.y + box.height / 2);
  await page.waitForSelector(HOVER);
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
}

// Clicks on the race, and then on the light bulb that shows up there. The pointer leaves in between, as it brings the hover.
// On a busy machine the bulb may go again before it is hit: it comes back when the cursor does.
async function openMenu(page, title) {
  await until("a click on the light bulb", async () => {
    await page.keyboard.press("Home");
    await page.locator(SQUIGGLE).first().click({ position: { x: 12, y: 4 }, force: true });
    await page.mouse.move(10, 10);
    await page.waitForSelector(HOVER, { state: "detached" });
    const bulb = page.locator(LIGHT_BULB).first();
    return bulb.click({ timeout: 10000 }).then(() => true, () => false);
  });
  const row = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  await row.waitFor();
  return { titles: await texts(page, ".action-widget .monaco-list-row.action"), row };
}

play(async (page, session) => {
  const picture = (name) => page.screenshot({ path: path.join(session.pictures, `${path.basename(session.file)}-${name}.png`) });
  await openFile(page, path.basename(session.file));
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.type(session.text.replace(/\n$/, ""));
  await page.keyboard.press("Enter");
  await save(page, session.file);
  const typed = fs.readFileSync(session.file, "utf8");
  await page.waitForSelector(SQUIGGLE, { state: "attached" });

  await command(page, "Problems: Focus on Problems View");
  await page.waitForSelector(".markers-panel .monaco-list-row");
  const problems = await texts(page, ".markers-panel .monaco-list-row");
  await picture("1-squiggle");

  await restPointer(page);
  const hover = (await texts(page, HOVER)).join("\n");
  await picture("2-hover");

  const menu = await openMenu(page, session.fix);
  await picture("3-fixes");
  await menu.row.click();
  await until("the squiggle to go", async () => (await page.locator(SQUIGGLE).count()) === 0);
  await save(page, session.file);
  await picture("4-fixed");
  return { typed, problems, hover, titles: menu.titles };
});
