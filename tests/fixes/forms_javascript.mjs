// The same program in other forms. From a JSON object of file names and texts on standard input it makes an object of
// forms, each with the files that take the form. Usage: node forms_javascript.mjs NODE_MODULES <texts >forms
import { createRequire } from "node:module";
import { text as textOf } from "node:stream/consumers";

const { parse } = createRequire(`${process.argv[2]}/`)("@babel/parser");

const SIMPLE = new Set(
  "ExpressionStatement VariableDeclaration ReturnStatement ThrowStatement BreakStatement ContinueStatement".split(" "),
);
const LOOPS = new Set("ForStatement ForInStatement ForOfStatement WhileStatement".split(" "));
const TERMINATED = new Set([
  ...SIMPLE,
  ..."ClassProperty ClassPrivateProperty ImportDeclaration ExportNamedDeclaration ExportAllDeclaration".split(" "),
  ..."ExportDefaultDeclaration TSTypeAliasDeclaration TSPropertySignature TSMethodSignature".split(" "),
]);
const CONTINUES = /^[[(`+\-*/,.<?:]/; // What a line begins with that goes on with the one before.

const childrenOf = (node) =>
  Object.values(node)
    .flat()
    .filter((each) => each && typeof each.type === "string" && each.start >= 0);

class Source {
  constructor(name, text) {
    this.text = text;
    this.changes = [];
    const typed = /\.tsx?$/.test(name);
    const plugins = [...(typed ? ["typescript"] : []), ...(/x$/.test(name) || !typed ? ["jsx"] : [])];
    this.module = !/\.c?js$/.test(name) || /^(im|ex)port /m.test(text);
    this.file = parse(text, {
      sourceType: this.module ? "module" : "script",
      plugins: [...plugins, "decorators"],
    });
    this.program = this.file.program;
    this.unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  }

  replace(start, end, text) {
    this.changes.push({ start, end, text });
  }

  result() {
    if (this.changes.length === 0) return null;
    const ordered = this.changes.toSorted((a, b) => b.start - a.start || b.end - a.end);
    return ordered.reduce((text, at) => text.slice(0, at.start) + at.text + text.slice(at.end), this.text);
  }

  of(node) {
    return this.text.slice(node.start, node.end);
  }

  /** Whether comments begin in a stretch. */
  hasComments(start, end) {
    return this.file.comments.some((comment) => start <= comment.start && comment.start < end);
  }

  *nodes(type = () => true) {
    const pending = [this.program];
    while (pending.length > 0) {
      const node = pending.pop();
      if (type(node)) yield node;
      pending.push(...childrenOf(node));
    }
  }
}

const isOneLine = (node) => node.loc.start.line === node.loc.end.line;
const isBlock = (node) => node?.type === "BlockStatement";
const isSimple = (node) => SIMPLE.has(node.type);
const isRequire = (node) =>
  node.type === "VariableDeclaration" && node.declarations.every((each) => each.init?.callee?.name === "require");

/** The names that a declaration binds, where they are plain. */
function namesOf(node) {
  if (node.type === "VariableDeclaration") return node.declarations.map((each) => each.id.name).filter(Boolean);
  return node.id && !node.type.startsWith("TS") ? [node.id.name] : [];
}

/** Takes the exports out of a program; answers the names that it hands out, `default` last where there is one. */
function takeExports(source, body) {
  const names = [];
  let main = null;
  for (const node of body) {
    if (node.type === "ExportNamedDeclaration" && node.declaration) {
      names.push(...namesOf(node.declaration));
      source.replace(node.start, node.declaration.start, "");
    } else if (node.type === "ExportNamedDeclaration") {
      names.push(...node.specifiers.map((each) => each.local.name));
      source.replace(node.start, node.end, "");
    } else if (node.type === "ExportDefaultDeclaration") {
      main = node.declaration.id?.name ?? node.declaration.name;
      const named = node.declaration.type !== "Identifier";
      source.replace(node.start, named ? node.declaration.start : node.end, "");
    }
  }
  return { names, main };
}

const runsItself = (body) =>
  body.some((node) => !/Declaration$/.test(node.type) || (node.type === "VariableDeclaration" && awaits(node)));

function awaits(root) {
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) return true;
    if (/Function|Method$/.test(node.type)) continue;
    pending.push(...childrenOf(node));
  }
  return false;
}

/** The program within a function; imports stay outside, and what was exported, or nobody here calls, is handed out. */
function nested(source) {
  const { text, program, unit } = source;
  const outside = (node) => node.type === "ImportDeclaration" || isRequire(node);
  const body = program.body.filter((node) => !outside(node));
  const last = program.body.findLast(outside);
  if (body.length === 0 || (last && last.start > body[0].start)) return;
  const start = last ? text.indexOf("\n", last.end) + 1 : /^(\/\/.*\n|\s*\n)*/.exec(text)[0].length;
  const inner = new Set();
  for (const node of source.nodes((each) => each.type === "TemplateLiteral")) {
    for (let line = node.loc.start.line + 1; line <= node.loc.end.line; line++) inner.add(line);
  }
  let offset = 0;
  text.split("\n").forEach((line, index) => {
    if (offset >= start && line.trim() && !inner.has(index + 1)) source.replace(offset, offset, unit);
    offset += line.length + 1;
  });
  const { names, main } = takeExports(source, body);
  if (names.length === 0 && !main && !runsItself(body)) {
    names.push(...body.filter((node) => /^(Function|Class)Declaration$/.test(node.type)).flatMap(namesOf));
  }
  const given = [...new Set([...names, ...(main ? [main] : [])])].join(", ");
  const isAsync = body.some(awaits);
  const call = `${isAsync ? "await " : ""}program();\n`;
  source.replace(start, start, `${isAsync ? "async " : ""}function program() {\n`);
  const bound = `const { ${given} } = ${call}${main ? `export default ${main};\n` : ""}`;
  const exported = !main && body.some((node) => node.type === "ExportNamedDeclaration") ? "export " : "";
  const end = text.endsWith("\n") ? "" : "\n";
  const handsOut = given ? `${unit}return { ${given} };\n` : "";
  source.replace(text.length, text.length, `${end}${handsOut}}\n\n${given ? exported + bound : call}`);
}

/** A decorator above each method. */
function decorated(source, name) {
  if (!/\.tsx?$/.test(name)) return;
  const methods = [...source.nodes((node) => /^Class(Private)?Method$/.test(node.type))];
  for (const method of methods.filter((each) => each.kind === "method" && !each.abstract)) {
    const line = source.text.lastIndexOf("\n", method.start) + 1;
    source.replace(method.start, method.start, `@traced\n${source.text.slice(line, method.start)}`);
  }
  if (source.changes.length === 0) return;
  const first = source.program.body.findLast((node) => node.type === "ImportDeclaration");
  const at = first ? source.text.indexOf("\n", first.end) + 1 : /^(\/\/.*\n)*/.exec(source.text)[0].length;
  const traced = [
    "function traced<T extends (...values: never[]) => unknown>(method: T, _context: unknown): T {",
    `${source.unit}return function (this: unknown, ...values: never[]) {`,
    `${source.unit}${source.unit}return method.apply(this, values);`,
    `${source.unit}} as T;`,
    "}\n",
  ];
  source.replace(at, at, traced.join("\n"));
}

/** Statements on neighbouring lines, on one line. */
function joined(source) {
  for (const node of source.nodes()) {
    const block = [node.body, node.consequent].find(Array.isArray) ?? [];
    for (let i = 1; i < block.length; i++) {
      const [left, right] = [block[i - 1], block[i]];
      const neighbours = right.loc.start.line === left.loc.end.line + 1 && !source.hasComments(left.end, right.start);
      if (isSimple(left) && isSimple(right) && neighbours && source.of(left).endsWith(";")) {
        source.replace(left.end, right.start, " ");
      }
    }
  }
}

/** The statements of a block where they stand on one line, else null. */
function lineOf(source, block) {
  const { body } = block;
  if (body.length === 0 || !body.every(isSimple) || source.hasComments(block.start, block.end)) return null;
  const line = source.text.slice(body[0].start, body.at(-1).end);
  return line.includes("\n") ? null : line;
}

/** Blocks of one line, on the lines of their heads. */
function oneLine(source) {
  for (const block of source.nodes(isBlock)) {
    const line = isOneLine(block) ? null : lineOf(source, block);
    if (line) source.replace(block.start, block.end, `{ ${line} }`);
  }
}

/** Blocks of one statement, without their braces. */
function unbraced(source) {
  for (const node of source.nodes((each) => each.type === "IfStatement" || LOOPS.has(each.type))) {
    for (const block of [node.body, node.consequent, node.alternate].filter(isBlock)) {
      const line = block.body.length === 1 && block.body[0].type !== "VariableDeclaration" && lineOf(source, block);
      if (line) source.replace(block.start, block.end, line.endsWith(";") ? line : `${line};`);
    }
  }
}

/** Statements without braces, in blocks of their own. */
function braced(source) {
  for (const node of source.nodes((each) => each.type === "IfStatement" || LOOPS.has(each.type))) {
    for (const child of [node.body, node.consequent, node.alternate].filter((each) => each && isSimple(each))) {
      const [line] = /[^\n]*$/.exec(source.text.slice(0, node.start));
      const [indent] = /^\s*/.exec(line);
      source.replace(child.start, child.end, `{\n${indent}${source.unit}${source.of(child)}\n${indent}}`);
    }
  }
}

/** Without semicolons, but for those that stand in front of a line which would go on with the one before. */
function unterminated(source) {
  const { text } = source;
  for (const node of source.nodes((each) => TERMINATED.has(each.type) && text[each.end - 1] === ";")) {
    const [rest] = /^[ \t]*(\/\/.*)?/.exec(text.slice(node.end));
    const [blank] = /^(\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(text.slice(node.end + rest.length));
    const next = node.end + rest.length + blank.length;
    if (!/^(\r?\n|$)/.test(text.slice(node.end + rest.length))) continue;
    source.replace(node.end - 1, node.end, "");
    if (CONTINUES.test(text.slice(next))) source.replace(next, next, ";");
  }
}

function packed(source, name) {
  const together = inForm(joined, name, source.text);
  const line = together && inForm(oneLine, name, together);
  if (line) source.replace(0, source.text.length, line);
}

const FORMS = { nested, decorated, joined, one_line: oneLine, unbraced, braced, unterminated, packed };

function inForm(form, name, text) {
  const source = new Source(name, text);
  form(source, name);
  return source.result();
}

const texts = Object.entries(JSON.parse(await textOf(process.stdin)));
const forms = Object.entries(FORMS).map(([title, form]) => [
  title,
  Object.fromEntries(texts.map(([name, text]) => [name, inForm(form, name, text)]).filter(([, text]) => text !== null)),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(forms)));
