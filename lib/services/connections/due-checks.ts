import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';

/** A login is looked at once a day of its workspace's own time. */
const EVERY_HOURS = 24;
const PAGE = 200;

type Due = { id: string; workspaceId: string; mark: string };

/** Starts a look at every login whose last one is a day old; the same one once, however often it is asked. */
export async function enqueueDueChecks(): Promise<{ enqueued: number }> {
  return inSystem(async (tx) => {
    const due = await tx.$queryRaw<Due[]>`
      SELECT "id", "workspaceId", to_char(business_now("workspaceId"), 'YYYY-MM-DD"T"HH24') AS mark
      FROM "FacebookConnection"
      WHERE "status" IN ('HEALTHY', 'BROKEN') AND "accessToken" <> ''
        AND COALESCE("checkedAt", "createdAt") < business_now("workspaceId") - make_interval(hours => ${EVERY_HOURS})
      ORDER BY "checkedAt" NULLS FIRST LIMIT ${PAGE}`;
    for (const { id, workspaceId, mark } of due) {
      await enqueue(tx, {
        kind: 'check-connection',
        workspaceId,
        data: { connectionId: id },
        key: `connection:${id}`,
        // A look that failed is tried again by its job; an hour later by another.
        id: `${id}:${mark}`,
      });
    }
    return { enqueued: due.length };
  });
}

/** The logins of one workspace whose last look is a day old, in its own time: what the time machine looks at on its way. */
export function dueChecks(ctx: ServiceContext): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "FacebookConnection"
      WHERE "workspaceId" = ${ctx.workspaceId} AND "status" IN ('HEALTHY', 'BROKEN') AND "accessToken" <> ''
        AND COALESCE("checkedAt", "createdAt") < business_now("workspaceId") - make_interval(hours => ${EVERY_HOURS})
      ORDER BY "checkedAt" NULLS FIRST LIMIT ${PAGE}`;
    return due.map(({ id }) => id);
  });
}
