import { Session } from './models';

// Whoever waits for the batches gets them one after the other; each run of the task has its own total.
export class ExpireSessions {
  async perform(limit: number): Promise<number> {
    let removed = 0;
    try {
      await Session.inBatches({ limit }, async (sessions: Session[]) => {
        removed += await Session.destroy(sessions.map((session) => session.id));
      });
    } finally {
      console.log(removed);
    }
    return removed;
  }
}
