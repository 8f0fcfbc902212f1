import type { Goal } from '../../domain/brief';
import type { InsightRow, WindowReach } from '../../domain/insight';
import { type PullWindow, pullWindow } from '../../domain/pull-window';
import { addDays, dayIn } from '../../domain/time';
import type { AccountAccess, AdPlatformReader } from '../../platforms/port';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { readBackCampaign } from './read-back';
import { rollUpSnapshots } from './roll-up';
import { storeFacts, storeWindowReach } from './store';
import type { WatchedAccount } from './watched';

const LEVELS = ['campaign', 'adset', 'ad'] as const;

export type PullInput = {
  account: WatchedAccount;
  access: AccountAccess;
  reader: AdPlatformReader;
  /** Account day of the last pull that succeeded; null for the first. */
  previousDay: string | null;
};

/**
 * Asks the platform once per level for the whole account (once more per further goal, because the goal decides what
 * counts as a result), reads back what every campaign really does, and stores all of it. No transaction is open while
 * it asks.
 */
export async function pullInsights(ctx: ServiceContext, input: PullInput): Promise<PullWindow> {
  const { account, access, reader } = input;
  const { now, askedAt } = await transact(ctx, async (tx, inner) => {
    const rows = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    return { now: await workspaceNow(inner, tx), askedAt: rows[0]?.at ?? new Date() };
  });
  const today = dayIn(account.timezone, now);
  const window = pullWindow({ today, previous: input.previousDay });
  const answer = await askForRows(input, window);
  const reach = window.reason === 'tick' ? [] : await askForReach(input, today);
  const trees = await Promise.all(account.campaigns.map((campaign) => reader.readCampaignTree(access, campaign.remoteId)));

  await transact(ctx, async (tx, inner) => {
    await storeFacts(inner, { platform: 'meta', accountId: account.externalId, rows: answer.rows, pulledAt: askedAt });
    await rollUpSnapshots(inner, { campaignRecordIds: account.campaigns.map(({ id }) => id), since: window.since, raw: answer.raw });
    for (const one of reach) await storeWindowReach(inner, { platform: 'meta', window: one, pulledAt: askedAt });
    await record(tx, inner, {
      event: 'insights.pulled', subject: { type: 'account', id: account.id }, projectId: account.campaigns[0]?.projectId ?? null,
      payload: { since: window.since, until: window.until, reason: window.reason },
    });
  });
  for (const [at, campaign] of account.campaigns.entries()) {
    await readBackCampaign(ctx, { campaignRecordId: campaign.id, tree: trees[at] ?? [], askedAt });
  }
  return window;
}

type Answer = { rows: InsightRow[]; raw: { entityId: string; day: string; row: Prisma.InputJsonValue }[] };

/** Rows of our own campaigns count results by their goal; everything else in the account rides on the first request. */
async function askForRows({ account, access, reader }: PullInput, window: PullWindow): Promise<Answer> {
  const goals = [...new Set(account.campaigns.map(({ goal }) => goal))];
  const goalOf = new Map(account.campaigns.flatMap(({ goal, entityIds }) => entityIds.map((id): [string, Goal] => [id, goal])));
  const answer: Answer = { rows: [], raw: [] };
  for (const [at, goal] of goals.entries()) {
    for (const level of LEVELS) {
      const { rows, raw } = await reader.insights(access, { level, since: window.since, until: window.until, goal });
      const mine = rows.filter((row) => (goalOf.get(row.entityId) ?? (at === 0 ? goal : null)) === goal);
      answer.rows.push(...mine);
      if (level === 'campaign') answer.raw.push(...rawOf(raw, new Set(mine.map((row) => row.entityId))));
    }
  }
  return answer;
}

/** The platform's own campaign rows, one per day, as they came. */
function rawOf(raw: unknown, entityIds: ReadonlySet<string>): Answer['raw'] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null || !('campaign_id' in row) || !('date_start' in row)) return [];
    const entityId = String(row.campaign_id);
    return entityIds.has(entityId) ? [{ entityId, day: String(row.date_start), row: row as Prisma.InputJsonObject }] : [];
  });
}

/** How many people the last seven whole days reached; asked for as one window, because days do not add up. */
async function askForReach({ account, access, reader }: PullInput, today: string): Promise<WindowReach[]> {
  const [since, until] = [addDays(today, -7), addDays(today, -1)];
  const answers = await Promise.all(account.campaigns.map((campaign) => reader.windowReach(access, { campaignRemoteId: campaign.remoteId, since, until })));
  return answers.filter((answer) => answer !== null);
}
