// What is done when the server ends by itself.
import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler, type ErrorHandlerResult } from "vscode-languageclient/node";

const MOST = 5;
const MINUTES = 3;

/** Restarts a server that crashed, but not one that does nothing else. */
export class Crashes implements ErrorHandler {
  private readonly times: number[] = [];

  /**
   * A message that could not be sent is no reason to act: if the server has gone, `closed` is called as well. The
   * library's own handler would shut the client down, for good, when a server dies while it is written to.
   */
  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    this.times.push(Date.now());
    const last = this.times.slice(-MOST);
    if (last.length < MOST || Date.now() - last[0] > MINUTES * 60_000) {
      return { action: CloseAction.Restart, message: "the server has ended by itself, and is started again", handled: true };
    }
    return {
      action: CloseAction.DoNotRestart,
      message: `Racewise has crashed ${MOST} times in ${MINUTES} minutes and is not started again. The log tells more.`,
    };
  }
}
