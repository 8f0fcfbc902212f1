import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';

/** Starts the day's tidying, once however many ask. */
export async function enqueueTidy(now: Date): Promise<void> {
  await inSystem((tx) =>
    enqueue(tx, { kind: 'tidy', workspaceId: '', data: {}, id: `day:${now.toISOString().slice(0, 10)}` }),
  );
}
