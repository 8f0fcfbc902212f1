import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { dayIn } from '../../domain/time';
import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';

/** Hour of the account's night from which the day's look may start. */
const FROM_HOUR = 2;
const HOUR_MS = 3_600_000;

type Due = { id: string; workspaceId: string; timezone: string; account: string; now: Date };

/** One read-back per running campaign and account night, however often this is asked. Answers how many were sent now. */
export async function enqueueDriftWatch(): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const campaigns = await tx.$queryRaw<Due[]>`
      SELECT c."id", c."workspaceId", c."timezone", c."adAccountId" AS "account", business_now(c."workspaceId") AS "now"
      FROM "CampaignRecord" c JOIN "Project" p ON p."id" = c."projectId" AND p."archivedAt" IS NULL
      WHERE c."status" = ANY(${[...WATCHED_STATUSES]})`;
    const due = campaigns.map((one) => ({
      ...one,
      subject: `drift:${one.id}:${dayIn(one.timezone, new Date(one.now.getTime() - FROM_HOUR * HOUR_MS))}`,
    }));
    if (due.length === 0) return { sent: 0 };
    const fresh = await tx.sighting.createManyAndReturn({
      data: due.map(({ workspaceId, subject }) => ({ workspaceId, subject })),
      skipDuplicates: true,
      select: { subject: true },
    });
    const mine = new Set(fresh.map(({ subject }) => subject));
    for (const one of due.filter(({ subject }) => mine.has(subject)))
      await enqueue(tx, {
        kind: 'watch-drift',
        workspaceId: one.workspaceId,
        data: { campaignRecordId: one.id },
        id: one.subject,
        key: `meta:${one.account}`,
      });
    return { sent: mine.size };
  });
}
