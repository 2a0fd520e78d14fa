import { database } from './database';

type Task = { id: string; owner: string };

// Each transaction is waited for before the next one begins.
export async function expire(tasks: Task[], mark: (owner: string) => Promise<void>): Promise<void> {
  const marked: Record<string, boolean> = {};
  for (const task of tasks) {
    await database.transaction(async () => {
      if (!marked[task.owner]) {
        await mark(task.owner);
        marked[task.owner] = true;
      }
    });
  }
}
