// Opens a page from a file, and looks at it in light and dark: {page, pictures, report} are named by the session.
//
// The report has {requests, schemes}: the addresses asked for besides the page itself; for each of "light" and "dark"
// {overflow, drawings, texts, scripts, background}: how far the page is wider than its window, how many drawings there
// are, which of their texts leave their boxes, how many scripts there are, and the colour of the paper.
const { chromium } = require("playwright-core");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

function look() {
  const texts = [];
  for (const group of document.querySelectorAll("svg g")) {
    const box = group.querySelector("rect").getBBox();
    for (const text of group.querySelectorAll("text:not(.line)")) {
      const inside = text.getBBox();
      const fits = inside.x >= box.x && inside.x + inside.width <= box.x + box.width &&
        inside.y >= box.y && inside.y + inside.height <= box.y + box.height;
      if (!fits) texts.push(text.textContent);
    }
  }
  const wide = [...document.querySelectorAll("body *")].filter((each) => !each.closest("pre, .scroll, svg") &&
    each.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide: wide.map((each) => each.outerHTML.slice(0, 100)),
    drawings: document.querySelectorAll("svg").length,
    texts,
    scripts: document.scripts.length,
    background: getComputedStyle(document.body).backgroundColor,
  };
}

async function main() {
  const session = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const browser = await chromium.launch({ executablePath: session.chromium, args: ARGUMENTS });
  const address = pathToFileURL(session.page).href;
  const report = { requests: [], schemes: {} };
  for (const colorScheme of ["light", "dark"])
    for (const width of [1100, 420]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      page.on("request", (request) => request.url() !== address && report.requests.push(request.url()));
      await page.goto(address);
      report.schemes[`${colorScheme} ${width}`] = await page.evaluate(look);
      if (width > 1000) await page.screenshot({ path: path.join(session.pictures, `report-${colorScheme}.png`) });
      const drawing = page.locator("svg").first();
      if (width > 1000 && (await drawing.count())) await drawing.screenshot({ path: path.join(session.pictures, `report-drawing-${colorScheme}.png`) });
      await page.close();
    }
  await browser.close();
  fs.writeFileSync(session.report, JSON.stringify(report));
}

main();
