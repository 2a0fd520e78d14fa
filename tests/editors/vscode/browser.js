// A browser that shows a Visual Studio Code, and what one can do in it with keys and the mouse.
const { chromium } = require("playwright-core");
const fs = require("node:fs");
const path = require("node:path");

const DEADLINE = 550000; // milliseconds: only an editor that hangs takes that long
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

// The session that the command line names; `use` plays it on a page that shows its folder, and returns the report.
exports.play = async (use) => {
  const session = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const browser = await chromium.launch({ executablePath: session.chromium, args: ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  page.setDefaultTimeout(DEADLINE);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(session.url).origin });
  try {
    await page.goto(`${session.url}/?folder=${encodeURIComponent(session.workspace)}`);
    await page.waitForSelector(".monaco-workbench");
    fs.writeFileSync(session.report, JSON.stringify(await use(page, session)));
  } catch (problem) {
    await page.screenshot({ path: path.join(session.folder, "failed.png") });
    throw problem;
  } finally {
    await browser.close();
  }
};

exports.until = async (what, condition) => {
  const end = Date.now() + DEADLINE;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

// The lines of text of what a selector finds.
exports.texts = async (page, selector) =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

const INPUT = ".quick-input-widget:not([style*='display: none']) input";

async function pick(page, key, text, row) {
  await page.keyboard.press(key);
  await page.waitForSelector(INPUT);
  await page.keyboard.type(text);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: row ?? text }).first().waitFor();
  await page.keyboard.press("Enter");
}

exports.openFile = (page, name) => pick(page, "Control+P", name);
exports.command = (page, title) => pick(page, "F1", title);
