// The language server: one at a time, started and stopped in the order in which that was asked for.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, State } from "vscode-languageclient/node";
import { Crashes } from "./crashes";

export const LANGUAGES = ["python", "javascript", "javascriptreact", "typescript", "typescriptreact"];

/** What the client looks after: files and what has no file yet, not the two sides of a comparison. */
export const DOCUMENTS = LANGUAGES.flatMap((language) => [
  { scheme: "file", language },
  { scheme: "untitled", language },
]);

export class Server {
  private client: LanguageClient | undefined;
  private pending: Promise<void> = Promise.resolve();

  /** `changed` is called whenever `state` may be another one. */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly changed: () => void,
  ) {}

  get state(): State {
    return this.client?.state ?? State.Stopped;
  }

  /** Its own version, when it runs. */
  get version(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  /** Starts a program instead of the one that runs; undefined only stops that. Never rejects: what fails is logged. */
  run(command: string | undefined): Promise<void> {
    this.pending = this.pending.then(() => this.replace(command));
    return this.pending;
  }

  private async replace(command: string | undefined): Promise<void> {
    const old = this.client;
    this.client = undefined;
    await old?.dispose().catch((problem) => this.log.warn(`the last server did not end well: ${problem}`));
    if (command) {
      this.client = this.makeClient(command);
      this.client.onDidChangeState(this.changed);
      await this.client.start().catch((problem) => this.log.error(`cannot start ${command}: ${problem}`));
    }
    this.changed();
  }

  private makeClient(command: string): LanguageClient {
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      errorHandler: new Crashes(),
      synchronize: { configurationSection: "racewise" },
    };
    return new LanguageClient("racewise", "Racewise", { command, args: ["lsp"] }, options);
  }
}
