// The application of a request is the same for all requests.
const express = require("express");
const app = express();

app.get("/", async (req, res) => {
  const hits = req.app.locals.hits;
  await record(req);
  req.app.locals.hits = hits + 1;  // want lost-update: req.app.locals.hits
  res.end();
});

app.get("/own", async (req, res) => {
  const tries = req.tries;
  await record(req);
  req.tries = tries + 1;
  res.end();
});

async function record() {}
