// Talks to `racewise mcp` through a client of an official SDK, and prints what it saw as JSON.
//
//     node session.mjs sdk|client|client-current RACEWISE FOLDER   (packages are looked for in NODE_MODULES)
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [kind, racewise, folder] = process.argv.slice(2);
const require = createRequire(path.join(process.env.NODE_MODULES, "x.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const old = kind === "sdk";
const { Client } = await load(old ? "@modelcontextprotocol/sdk/client/index.js" : "@modelcontextprotocol/client");
const { StdioClientTransport } = await load(
  old ? "@modelcontextprotocol/sdk/client/stdio.js" : "@modelcontextprotocol/client/stdio");

const options = kind === "client-current" ? { versionNegotiation: { mode: "auto" } } : {};
const client = new Client({ name: "test", version: "1" }, options);
const transport = new StdioClientTransport({ command: racewise, args: ["mcp", "--verbose", folder], stderr: "pipe" });
let log = "";
transport.stderr.on("data", (bytes) => (log += bytes));
await client.connect(transport);

const wrong = async (work) => {
  try {
    const result = await work();
    return result.isError ? { isError: true, text: result.content[0].text } : { right: result };
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};
const tool = (name, values) => client.callTool({ name, arguments: values });

// Begins a call that takes a while; `begun` comes true at its first progress.
const slow = (signal) => {
  const progress = [];
  const call = { name: "suggest_fix", arguments: { path: "slow.py", line: 8 } };
  let result;
  const begun = new Promise((resolve) => {
    const options = { signal, timeout: 600_000, onprogress: (step) => resolve(progress.push(step)) };
    result = old ? client.callTool(call, undefined, options) : client.callTool(call, options);
  });
  return { begun, progress, result };
};

const meanwhile = async () => {
  const order = [];
  const call = slow();
  const result = call.result.then(() => order.push("slow"));
  await call.begun;
  await (kind === "client-current" ? client.listTools() : client.ping());
  order.push("ping");
  await tool("check_code", { path: "cart.py" });
  order.push("quick");
  await result;
  return { order, progress: call.progress };
};

const cancelled = async () => {
  const stopper = new AbortController();
  const call = slow(stopper.signal);
  const result = call.result.then(() => "answered", () => "cancelled");
  await call.begun;
  stopper.abort();
  const after = await tool("check_code", { path: "cart.py" });
  const outcome = await result;
  while (!log.includes("gave up"))
    await new Promise((resolve) => transport.stderr.once("data", resolve));
  return { outcome, after };
};

const seen = {
  version: client.getNegotiatedProtocolVersion?.() ?? null,
  server: client.getServerVersion().name,
  tools: (await client.listTools()).tools,
  resources: (await client.listResources()).resources,
  templates: (await client.listResourceTemplates()).resourceTemplates,
  prompts: (await client.listPrompts()).prompts,
  asked: await client.getPrompt({ name: "audit", arguments: { path: "cart.py" } }),
  written: await client.getPrompt({ name: "write", arguments: { language: "typescript" } }),
  page: await client.readResource({ uri: "racewise://rules/lost-update" }),
  calls: {
    check_code: await tool("check_code", { path: "cart.py" }),
    check_text: await tool("check_code", { text: "x = 1\n", language: "python" }),
    audit: await tool("audit", { path: "cart.py" }),
    suggest_fix: await tool("suggest_fix", { path: "cart.py", line: 9 }),
    stress_test: await tool("stress_test", { path: "cart.py", function: "Cart.add" }),
    explain: await tool("explain", { name: "check-then-act" }),
    topic: await tool("explain", { name: "gil" }),
  },
  meanwhile: await meanwhile(),
  cancelled: await cancelled(),
  wrong: {
    outside: await wrong(() => tool("check_code", { path: "../outside.py" })),
    link: await wrong(() => tool("check_code", { path: "link.py" })),
    absolute: await wrong(() => tool("check_code", { path: "/etc/passwd" })),
    folder: await wrong(() => tool("check_code", { path: "." })),
    nothing: await wrong(() => tool("check_code", {})),
    both: await wrong(() => tool("check_code", { path: "cart.py", text: "", language: "python" })),
    language: await wrong(() => tool("check_code", { text: "", language: "cobol" })),
    type: await wrong(() => tool("check_code", { path: 7 })),
    unknown_argument: await wrong(() => tool("check_code", { path: "cart.py", depth: 3 })),
    no_race: await wrong(() => tool("stress_test", { path: "cart.py", line: 1 })),
    framework: await wrong(() => tool("stress_test", { path: "cart.py", line: 9, framework: "jest" })),
    rule: await wrong(() => tool("explain", { name: "no-such-rule" })),
    prompt: await wrong(() => client.getPrompt({ name: "nothing", arguments: {} })),
    prompt_outside: await wrong(() => client.getPrompt({ name: "audit", arguments: { path: "../outside.py" } })),
    prompt_line: await wrong(() => client.getPrompt({ name: "fix", arguments: { path: "cart.py", line: "x" } })),
    tool: await wrong(() => tool("delete_everything", {})),
    resource: await wrong(() => client.readResource({ uri: "racewise://rules/nothing" })),
  },
};
await client.close();
console.log(JSON.stringify(seen));
