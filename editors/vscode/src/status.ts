// What the language status menu (the braces in the status bar) says of Racewise.
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import { DOCUMENTS, type Server } from "./server";

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("racewise", DOCUMENTS);

  constructor() {
    this.item.name = "Racewise";
    this.item.text = "Racewise";
  }

  /** Shows how the server is; `origin` tells which program it is and how it was found. */
  update(server: Server, origin: string): void {
    this.item.busy = server.state === State.Starting;
    this.item.detail = origin;
    if (server.state === State.Running) {
      this.item.text = `Racewise ${server.version ?? ""}`.trimEnd();
      this.item.severity = vscode.LanguageStatusSeverity.Information;
      this.item.command = { command: "racewise.showLog", title: "Log" };
    } else if (server.state === State.Stopped) {
      this.item.text = "Racewise does not run";
      this.item.severity = vscode.LanguageStatusSeverity.Error;
      this.item.command = { command: "racewise.restart", title: "Restart" };
    }
  }

  dispose(): void {
    this.item.dispose();
  }
}
