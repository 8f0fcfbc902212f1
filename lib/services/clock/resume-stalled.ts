import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';

const TEN_MINUTES = 600_000;

/** Sends advances on their way again whose job gave up; a job that still runs makes the second one find nothing to do. */
export async function resumeStalledClocks(now: Date): Promise<void> {
  await inSystem(async (tx) => {
    const stalled = await tx.$queryRaw<
      { id: string }[]
    >`SELECT "id" FROM "organization" WHERE "clockTargetMs" > "clockOffsetMs" LIMIT 100`;
    for (const { id } of stalled) {
      await enqueue(tx, {
        kind: 'advance-clock',
        workspaceId: id,
        data: {},
        key: `clock:${id}`,
        id: `resume:${id}:${Math.floor(now.getTime() / TEN_MINUTES)}`,
        startAfterSeconds: 60,
      });
    }
  });
}
