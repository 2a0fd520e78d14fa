// Shows the workbench until an extension in it has written its report.
const { play, until } = require("./browser");
const fs = require("node:fs");

play(async (_page, session) => {
  await until("the extension's report", () => fs.existsSync(session.told));
  return JSON.parse(fs.readFileSync(session.told, "utf8"));
});
