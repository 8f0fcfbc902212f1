import type { Goal } from '../../domain/brief';
import type { InsightRow, WindowReach } from '../../domain/insight';
import { type PullWindow, pullWindow } from '../../domain/pull-window';
import { addDays } from '../../domain/time';
import type { AccountAccess, AdPlatformReader, RemoteSeen } from '../../platforms/port';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { readBackCampaign } from './read-back';
import { forgetOldAnswers, rollUpSnapshots } from './roll-up';
import { storeFacts, storeWindowReach } from './store';
import type { WatchedAccount } from './watched';

const LEVELS = ['campaign', 'adset', 'ad'] as const;

export type PullInput = {
  account: WatchedAccount;
  access: AccountAccess;
  reader: AdPlatformReader;
  /** The account's current day. */
  today: string;
  /** Account day of the last pull that succeeded; null for the first. */
  previousDay: string | null;
  /** Real time just before asking. */
  askedAt: Date;
};

export type Pulled = { window: PullWindow; askedAt: Date; answer: Answer; reach: WindowReach[]; trees: RemoteSeen[][] };

/**
 * Asks the platform once per level for the whole account (once more per further goal, because the goal decides what
 * counts as a result) and for what every campaign really does. No transaction may be open meanwhile.
 */
export async function askPlatform(input: PullInput): Promise<Pulled> {
  const { account, access, reader, today } = input;
  const window = pullWindow({ today, previous: input.previousDay });
  const answer = await askForRows(input, window);
  const reach = window.reason === 'tick' ? [] : await askForReach(input, today);
  const trees = await Promise.all(
    account.campaigns.map((campaign) => reader.readCampaignTree(access, campaign.remoteId)),
  );
  return { window, askedAt: input.askedAt, answer, reach, trees };
}

/** Stores one pull: facts, the campaigns' days, reach, and what the platform shows of every campaign. All of it or nothing. */
export async function storePull(
  ctx: ServiceContext,
  { account, pulled }: { account: WatchedAccount; pulled: Pulled },
): Promise<void> {
  const { window, askedAt, answer, reach, trees } = pulled;
  await transact(ctx, async (tx, inner) => {
    await storeFacts(inner, { platform: 'meta', accountId: account.externalId, rows: answer.rows, pulledAt: askedAt });
    await rollUpSnapshots(inner, {
      campaignRecordIds: account.campaigns.map(({ id }) => id),
      since: window.since,
      raw: answer.raw,
    });
    if (window.reason !== 'tick') await forgetOldAnswers(inner);
    for (const one of reach) await storeWindowReach(inner, { platform: 'meta', window: one, pulledAt: askedAt });
    for (const [at, campaign] of account.campaigns.entries()) {
      await readBackCampaign(inner, { campaignRecordId: campaign.id, tree: trees[at] ?? [], askedAt });
    }
    await record(tx, inner, {
      event: 'insights.pulled',
      subject: { type: 'account', id: account.id },
      projectId: account.campaigns[0]?.projectId ?? null,
      payload: { since: window.since, until: window.until, reason: window.reason },
    });
  });
}

type Answer = { rows: InsightRow[]; raw: { entityId: string; day: string; row: Prisma.InputJsonValue }[] };

/** Rows of our own campaigns count results by their goal; everything else in the account rides on the first request. */
async function askForRows({ account, access, reader }: PullInput, window: PullWindow): Promise<Answer> {
  const goals = [...new Set(account.campaigns.map(({ goal }) => goal))];
  const goalOf = new Map(
    account.campaigns.flatMap(({ goal, entityIds }) => entityIds.map((id): [string, Goal] => [id, goal])),
  );
  const answer: Answer = { rows: [], raw: [] };
  for (const [at, goal] of goals.entries()) {
    const pages = await Promise.all(
      LEVELS.map((level) => reader.insights(access, { level, since: window.since, until: window.until, goal })),
    );
    for (const [which, { rows, raw }] of pages.entries()) {
      const mine = rows.filter((row) => (goalOf.get(row.entityId) ?? (at === 0 ? goal : null)) === goal);
      answer.rows.push(...mine);
      if (LEVELS[which] === 'campaign') answer.raw.push(...rawOf(raw, new Set(mine.map((row) => row.entityId))));
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
    return entityIds.has(entityId)
      ? [{ entityId, day: String(row.date_start), row: row as Prisma.InputJsonObject }]
      : [];
  });
}

/** How many people the last seven whole days reached; asked for as one window, because days do not add up. */
async function askForReach({ account, access, reader }: PullInput, today: string): Promise<WindowReach[]> {
  const [since, until] = [addDays(today, -7), addDays(today, -1)];
  const answers = await Promise.all(
    account.campaigns.map((campaign) =>
      reader.windowReach(access, { campaignRemoteId: campaign.remoteId, since, until }),
    ),
  );
  return answers.filter((answer) => answer !== null);
}
