import { inSystem } from '../../runtime/db';
import { enqueueAll } from '../../runtime/ports';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { watchedAccount } from '../insights/watched';
import { type LookAtSite, lookAtSites } from './look-at-sites';
import { lastPulledSlot, SLOT_MS } from './slot';
import { watchProjects } from './watch';

/** Real minutes between two looks at a page in doubt. Others are looked at with each pull. */
const EVERY_MINUTES = 10;
/** Open alarms under which the page may be what is wrong: clicks without visits, no sales, or it did not answer. */
const DOUBTS = ['tracking_lost', 'checkout_broken', 'site_down'];

type Doubtful = { workspaceId: string; adAccountId: string; externalId: string };

/**
 * Sends a look at the pages of every account in doubt on its way, once in ten minutes however often it is asked. Accounts
 * without a doubt cost nothing: the question is one index of open alarms.
 */
export async function enqueueSiteLooks(now: Date): Promise<{ enqueued: number }> {
  const bucket = Math.floor(now.getTime() / (EVERY_MINUTES * 60_000));
  return inSystem(async (tx) => {
    const doubtful = await tx.$queryRaw<Doubtful[]>`
      SELECT DISTINCT a."workspaceId", a."id" AS "adAccountId", a."externalId"
      FROM "Alarm" m JOIN "Project" p ON p."id" = m."projectId" AND p."archivedAt" IS NULL
      JOIN "AdAccount" a ON a."id" = p."adAccountId"
      JOIN "FacebookConnection" f ON f."id" = a."connectionId" AND f."status" = 'HEALTHY'
      WHERE m."closedAt" IS NULL AND m."kind" = ANY(${DOUBTS})`;
    await enqueueAll(
      tx,
      doubtful.map((one) => ({
        kind: 'watch-sites',
        workspaceId: one.workspaceId,
        data: { adAccountId: one.adAccountId },
        key: `meta:${one.externalId}`,
        id: `${one.adAccountId}:${bucket}`,
      })),
    );
    return { enqueued: doubtful.length };
  });
}

/**
 * Looks at the pages of one account without asking the platform anything, and weighs what they say with the numbers of the
 * last pull: a page that stopped answering is an alarm minutes after clicks came without visits, and it ends as soon as the
 * page answers again. The caller holds the account.
 */
export async function watchSites(
  ctx: ServiceContext,
  input: { adAccountId: string; look?: LookAtSite; sleep?: (ms: number) => Promise<void> },
): Promise<{ looked: boolean }> {
  const seen = await transact(ctx, async (tx, inner) => {
    const account = await watchedAccount(inner, input);
    if (!account) return null;
    const now = await workspaceNow(inner, tx);
    const pulled = await lastPulledSlot(inner, { adAccountId: account.id, before: new Date(now.getTime() + 1) });
    return { account, pulledAt: pulled ? new Date(pulled.getTime() + SLOT_MS) : null };
  });
  if (!seen?.pulledAt) return { looked: false };
  const { access } = await accessFor(ctx, { projectId: seen.account.campaigns[0]?.projectId ?? '' });
  const sites = await lookAtSites(ctx, {
    account: seen.account,
    access,
    ...(input.look ? { look: input.look } : {}),
    ...(input.sleep ? { sleep: input.sleep } : {}),
  });
  // Where nothing can be said of any page there is nothing to weigh.
  if (Object.values(sites).every((answers) => answers === null)) return { looked: false };
  await watchProjects(ctx, { account: seen.account, sites, pulledAt: seen.pulledAt });
  return { looked: true };
}
