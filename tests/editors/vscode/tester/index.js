// Plays the session that the environment's SESSION names, inside the extension host, and writes the report there.
//
// The session has {cases, program, told}: for each case {file, text, fix}; another program to start; where to write the
// report. The report has, for each case, {typed, found, hover, titles}; and {bundled, set, info}: the programs that ran at
// first and after another was set, and what the server tells of itself; and {assisted: {prompt, audit}}: what was copied
// and shown. Or it is only {problem}. `found` are the
// diagnostics before the fix: zero-based, in UTF-16.
const vscode = require("vscode");
const fs = require("node:fs");
const path = require("node:path");

const DEADLINE = 120000; // milliseconds: only a server that never answers takes that long

async function until(what, condition) {
  const end = Date.now() + DEADLINE;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ours = (uri) => vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "racewise");

const describe = (diagnostic) => ({
  code: diagnostic.code?.value ?? diagnostic.code,
  message: diagnostic.message,
  severity: diagnostic.severity,
  related: (diagnostic.relatedInformation ?? []).length,
  line: diagnostic.range.start.line,
  column: diagnostic.range.start.character,
  end_line: diagnostic.range.end.line,
  end_column: diagnostic.range.end.character,
});

async function open(file) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  return vscode.window.showTextDocument(document);
}

// Line by line: key by key is for the screen.
async function type(editor, text) {
  for (const line of text.split(/(?<=\n)/)) {
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, line));
  }
}

async function quickFixes(document, range) {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind, 10);
}

async function hoverAt(document, position) {
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, position);
  return hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join("\n");
}

async function playCase({ file, text, fix }) {
  const editor = await open(file);
  const document = editor.document;
  await type(editor, text);
  const typed = document.getText();
  await until("a diagnostic", () => ours(document.uri).length > 0);
  const found = ours(document.uri);
  const hover = await hoverAt(document, found[0].range.start);
  const actions = await quickFixes(document, found[0].range);
  const chosen = actions.find((action) => action.title === fix);
  if (!chosen) throw new Error(`no fix ${fix} among ${actions.map((action) => action.title)}`);
  if (!(await vscode.workspace.applyEdit(chosen.edit))) throw new Error("the edit was not applied");
  await until("the diagnostic to go", () => ours(document.uri).length === 0);
  await document.save();
  return { typed, found: found.map(describe), hover, titles: actions.map((action) => action.title) };
}

// The servers that this extension host has started: their process numbers and what they run.
function servers() {
  const children = fs.readdirSync("/proc").filter((name) => {
    try {
      return fs.readFileSync(`/proc/${name}/stat`, "utf8").split(") ").pop().split(" ")[1] === String(process.pid);
    } catch {
      return false; // it has ended meanwhile, or is no process
    }
  });
  const words = (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const found = children.map((pid) => ({ pid: Number(pid), words: words(pid) }));
  return found.filter(({ words }) => words[0].endsWith("/racewise") && words[1] === "lsp")
    .map(({ pid, words }) => ({ pid, program: words[0] }));
}

// Waits until one server runs, and not the old one.
async function another(old, when) {
  let seen;
  const isAnother = () => {
    seen = servers();
    return seen.length === 1 && seen[0].pid !== old.pid;
  };
  await until(`another server ${when}`, isAnother).catch((problem) => {
    throw new Error(`${problem.message} than ${old.pid}: there are ${JSON.stringify(seen)}`);
  });
  return seen[0];
}

// What the server finds in a new file shows that it works.
async function works(session, name) {
  const document = await vscode.workspace.openTextDocument({ language: "python", content: session.cases[0].text });
  await vscode.window.showTextDocument(document);
  await until(`diagnostics ${name}`, () => ours(document.uri).length > 0);
}

async function crash(session) {
  const [old] = servers();
  process.kill(old.pid, "SIGKILL");
  await another(old, "after a crash");
  await works(session, "after a crash");
}

async function restart(session) {
  const [old] = servers();
  await vscode.commands.executeCommand("racewise.restart");
  await another(old, "after a restart");
  await works(session, "after a restart");
}

async function setProgram(session) {
  const [old] = servers();
  const settings = vscode.workspace.getConfiguration("racewise");
  await settings.update("path", session.program, vscode.ConfigurationTarget.Global);
  const { program } = await another(old, "with its path set");
  await works(session, "of the program that was set");
  return program;
}

// The new document that a command shows, whichever editor has the focus by then. Untitled documents stay open: the next
// one after a closed one gets its name, and at times its text.
async function openedBy(command, languageId) {
  const opened = [];
  const listening = vscode.workspace.onDidOpenTextDocument((document) => opened.push(document));
  await vscode.commands.executeCommand(command);
  const isShown = (document) => vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  const found = () => opened.find((document) => document.isUntitled && document.languageId === languageId && isShown(document));
  const document = await until(`what ${command} shows`, found);
  listening.dispose();
  return document;
}

async function example() {
  const document = await openedBy("racewise.openExample", "python");
  await until("the example's diagnostics", () => ours(document.uri).length > 0);
  await vscode.commands.executeCommand("racewise.fixAll");
  await until("the example's diagnostics to go", () => ours(document.uri).length === 0);
}

// The audit opens as a document, a prompt goes onto the clipboard.
async function assist(session) {
  const document = await vscode.workspace.openTextDocument({ language: "python", content: session.cases[0].text });
  await vscode.window.showTextDocument(document);
  await until("diagnostics to audit", () => ours(document.uri).length > 0);
  await vscode.commands.executeCommand("racewise.copyAuditPrompt");
  const prompt = await until("the prompt", () => vscode.env.clipboard.readText());
  const audit = (await openedBy("racewise.showAudit", "markdown")).getText();
  return { prompt, audit };
}

const set = (key, value) =>
  vscode.workspace.getConfiguration("racewise").update(key, value, vscode.ConfigurationTarget.Global);

// A setting takes the diagnostic away, and gives it back.
async function configure(session) {
  const file = path.join(path.dirname(session.cases[0].file), "configured.py");
  fs.writeFileSync(file, session.cases[0].text);
  const { document } = await open(file);
  await until("the diagnostic", () => ours(document.uri).length > 0);
  await set("ignore", ["lost-update"]);
  await until("the diagnostic to be ignored", () => ours(document.uri).length === 0);
  await set("ignore", undefined);
  await until("the diagnostic to come back", () => ours(document.uri).length > 0);
}

// A setting brings the diagnostics of a file that nobody opens, without a restart, and takes them away.
async function wholeWorkspace(session) {
  const uri = vscode.Uri.file(path.join(path.dirname(session.cases[0].file), "closed.py"));
  fs.writeFileSync(uri.fsPath, session.cases[0].text);
  const [{ pid }] = servers();
  await set("diagnosticMode", "workspace");
  await until("the diagnostic of a closed file", () => ours(uri).length === 1);
  await set("diagnosticMode", undefined);
  await until("the diagnostic of a closed file to go", () => ours(uri).length === 0);
  await works(session, "of an open file still");
  if (servers()[0].pid !== pid) throw new Error("the server was restarted");
}

async function debugInfo() {
  return (await openedBy("racewise.showDebugInfo", "plaintext")).getText();
}

async function playAll(session) {
  const cases = [];
  for (const each of session.cases) cases.push(await playCase(each));
  const bundled = servers();
  for (let times = 0; times < 3; times++) await crash(session);
  await restart(session);
  const set = await setProgram(session);
  await example();
  await configure(session);
  await wholeWorkspace(session);
  const assisted = await assist(session);
  return { cases, assisted, bundled: bundled.map(({ program }) => program), set, info: await debugInfo() };
}

exports.activate = async () => {
  const session = JSON.parse(fs.readFileSync(process.env.SESSION, "utf8"));
  const report = await playAll(session).catch((problem) => ({ problem: problem.stack }));
  fs.writeFileSync(`${session.told}.new`, JSON.stringify(report));
  fs.renameSync(`${session.told}.new`, session.told);
};
