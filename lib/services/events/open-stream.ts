import { inSystem } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';

/** Streams one person may hold open at once, over all servers; the oldest makes room. */
export const MOST_STREAMS = 12;
/** A stream whose server has not reported for this many real seconds is gone. */
const SILENT_SECONDS = 20;

type Stream = { streamId: string; userId: string; sessionId: string; workspaceId: string };

/** Writes down that somebody listens. Returns the stream's id. */
export async function openStream(input: { userId: string }): Promise<string> {
  const id = newRequestId();
  await inSystem(
    (tx) => tx.$executeRaw`
      INSERT INTO "OpenStream" ("id", "userId", "openedAt", "seenAt")
      VALUES (${id}, ${input.userId}, clock_timestamp() AT TIME ZONE 'utc', clock_timestamp() AT TIME ZONE 'utc')`,
  );
  return id;
}

/**
 * Whether a stream may go on, and a sign of life: `ended` once the session is over (signed out, expired) or the person is
 * no member of the workspace any more, `crowded` once enough newer streams of the same person are open.
 */
export async function askStream(stream: Stream, most: number = MOST_STREAMS): Promise<'open' | 'ended' | 'crowded'> {
  const rows = await inSystem(
    (tx) => tx.$queryRaw<{ known: boolean; newer: number }[]>`
      WITH mine AS (
        UPDATE "OpenStream" SET "seenAt" = now() AT TIME ZONE 'utc' WHERE "id" = ${stream.streamId} RETURNING "openedAt"
      )
      SELECT
        EXISTS (SELECT FROM "session" WHERE "id" = ${stream.sessionId} AND "userId" = ${stream.userId}
          AND "expiresAt" > now() AT TIME ZONE 'utc')
        AND EXISTS (SELECT FROM "member" WHERE "organizationId" = ${stream.workspaceId} AND "userId" = ${stream.userId})
          AS known,
        (SELECT count(*)::int FROM "OpenStream" o, mine WHERE o."userId" = ${stream.userId}
          AND (o."openedAt", o."id") > (mine."openedAt", ${stream.streamId})
          AND o."seenAt" > (now() AT TIME ZONE 'utc') - make_interval(secs => ${SILENT_SECONDS})) AS newer`,
  );
  const found = rows[0];
  if (!found?.known) return 'ended';
  return found.newer >= most ? 'crowded' : 'open';
}

export async function closeStream(input: { streamId: string }): Promise<void> {
  await inSystem((tx) => tx.openStream.deleteMany({ where: { id: input.streamId } }));
}
