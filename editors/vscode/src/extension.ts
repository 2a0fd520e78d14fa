// Starts `racewise lsp`. What users see is made by the language server.
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { bundledPlatforms, findProgram, PLATFORM, type Program } from "./program";
import { Server } from "./server";
import { Status } from "./status";

let server: Server | undefined;

class Extension {
  private readonly log = vscode.window.createOutputChannel("Racewise", { log: true });
  private readonly status = new Status();
  private readonly server = new Server(this.log, () => this.status.update(this.server, this.origin));
  private readonly bundle: string;
  private origin = "";

  constructor(private readonly context: vscode.ExtensionContext) {
    this.bundle = context.asAbsolutePath("bin");
    server = this.server;
    const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`racewise.${name}`, run);
    context.subscriptions.push(
      this.log,
      this.status,
      command("restart", () => this.start()),
      command("showLog", () => this.log.show()),
      command("fixAll", fixAll),
      command("showAudit", showAudit),
      command("copyAuditPrompt", () => copyPrompt("audit")),
      command("copyFixPrompt", () => copyPrompt("fix")),
      command("copyTestPrompt", () => copyPrompt("test")),
      command("openExample", () => this.openExample()),
      command("showDebugInfo", showDebugInfo),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.start()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("racewise.path")) void this.start();
      }),
    );
  }

  start(): Promise<void> {
    const program = this.program();
    this.origin = program ? `${program.path} (${program.found})` : "no program";
    this.log.info(program ? `starting ${this.origin}` : "there is no program to start");
    if (!program) void this.tellThatThereIsNone();
    return this.server.run(program?.path);
  }

  private program(): Program | undefined {
    const others = bundledPlatforms(this.bundle).filter((platform) => platform !== PLATFORM);
    if (others.length > 0) this.log.warn(`this package is for ${others.join()}, and this machine is ${PLATFORM}`);
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    return findProgram({
      setting: vscode.workspace.getConfiguration("racewise").get("path", ""),
      folders: folders.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath),
      path: process.env.PATH ?? "",
      bundle: this.bundle,
    });
  }

  private async tellThatThereIsNone(): Promise<void> {
    const platforms = bundledPlatforms(this.bundle);
    const why =
      platforms.length > 0
        ? `this package is for ${platforms.join()}, and this machine is ${PLATFORM}. Install the package for it, or have`
        : "this package brings no program along. Have";
    const choice = await vscode.window.showErrorMessage(
      `Racewise cannot start: ${why} \`racewise\` on the PATH, or name it in the setting racewise.path.`,
      "Open the setting",
    );
    if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "racewise.path");
  }

  private async openExample(): Promise<void> {
    const content = await readFile(this.context.asAbsolutePath("media/example.py"), "utf8");
    const document = await vscode.workspace.openTextDocument({ language: "python", content });
    await vscode.window.showTextDocument(document);
  }
}

/** Applies the safe fixes to the file that is edited. */
async function fixAll(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const kind = "source.fixAll.racewise";
  const most = 1; // how many actions are asked for in full
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider", document.uri, everything, kind, most,
  );
  const edit = actions.find((action) => action.edit)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
  else void vscode.window.showInformationMessage("Racewise: there is nothing here to fix safely.");
}

/** Has the server execute a command about the file that is edited; tells when there is no answer. */
async function ask(command: string, ...more: unknown[]): Promise<string | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return undefined;
  try {
    const answer = await vscode.commands.executeCommand<string | null>(command, document.uri.toString(), ...more);
    if (answer) return answer;
    void vscode.window.showInformationMessage("Racewise: this file is not looked at.");
  } catch (problem) {
    void vscode.window.showWarningMessage(`Racewise: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  return undefined;
}

/** Opens the audit of the file that is edited as a Markdown document. */
async function showAudit(): Promise<void> {
  const content = await ask("racewise.audit");
  if (!content) return;
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

/** Copies a prompt about the file; one for a fix is about the line of the cursor. */
async function copyPrompt(kind: string): Promise<void> {
  const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
  const text = await ask("racewise.prompt", kind, ...(kind === "fix" ? [{ line, character: 0 }] : []));
  if (!text) return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Racewise: the ${kind} prompt is on the clipboard`, 5000);
}

/** Shows what the server tells of itself as text; when it does not run, the command is not there and VS Code says so. */
async function showDebugInfo(): Promise<void> {
  const content = await vscode.commands.executeCommand<string>("racewise.debugInfo");
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

export function activate(context: vscode.ExtensionContext): Promise<void> {
  return new Extension(context).start();
}

export function deactivate(): Promise<void> | undefined {
  return server?.run(undefined);
}
