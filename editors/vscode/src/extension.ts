// Starts `racewise lsp`. What users see is made by the language server.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { findProgram } from "./program";

const LANGUAGES = ["python", "javascript", "javascriptreact", "typescript", "typescriptreact"];

let client: LanguageClient | undefined;
let log: vscode.OutputChannel;

function program(): string | undefined {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const found = findProgram({
    setting: vscode.workspace.getConfiguration("racewise").get("path", ""),
    folders: folders.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath),
    path: process.env.PATH ?? "",
  });
  log.appendLine(found ? `starting ${found.path} (${found.found})` : "there is no program to start");
  return found?.path;
}

async function tellThatThereIsNone(): Promise<void> {
  const choice = await vscode.window.showWarningMessage(
    "Racewise: there is no program `racewise` on the PATH, and the setting racewise.path names none.",
    "Open the setting",
  );
  if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "racewise.path");
}

async function start(): Promise<void> {
  const command = program();
  if (!command) {
    void tellThatThereIsNone();
    return;
  }
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
    outputChannel: log,
  };
  client = new LanguageClient("racewise", "Racewise", { command, args: ["lsp"] }, options);
  await client.start();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("Racewise");
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("racewise.restart", restart),
    vscode.commands.registerCommand("racewise.showLog", () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("racewise.path")) void restart();
    }),
  );
  await start();
}

export function deactivate(): Promise<void> {
  return stop();
}
