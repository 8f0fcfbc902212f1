import type { Goal } from '../../domain/brief';
import type { InsightRow, WindowReach } from '../../domain/insight';
import { type PullWindow, pullWindow } from '../../domain/pull-window';
import { addDays } from '../../domain/time';
import type { AccountAccess, AdPlatformReader, LongAnswer, RemoteSeen } from '../../platforms/port';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { addUpFacts } from './add-up';
import { keepMoments } from './moments';
import { readBackCampaign } from './read-back';
import { forgetOldAnswers, type RawDay, rollUpSnapshots } from './roll-up';
import { storeFacts, storeWindowReach } from './store';
import type { WatchedAccount } from './watched';

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
  /** Where an answer that is prepared in the background is kept between tries. */
  long?: LongAnswer;
};

export type Pulled = {
  window: PullWindow;
  askedAt: Date;
  rows: InsightRow[];
  raw: RawDay[];
  reach: WindowReach[];
  tree: RemoteSeen[];
};

/**
 * Asks the platform about the whole account, however many campaigns it has: one question for the ads' days in the window,
 * one set for what really holds, and on a new day one for people reached. No transaction may be open meanwhile.
 */
export async function askPlatform(input: PullInput): Promise<Pulled> {
  const { account, access, reader, today } = input;
  const window = pullWindow({ today, previous: input.previousDay });
  const goalOf = new Map(account.campaigns.map(({ remoteId, goal }): [string, Goal] => [remoteId, goal]));
  const [answer, reach, tree] = await Promise.all([
    reader.insights(access, {
      level: 'ad',
      since: window.since,
      until: window.until,
      goal: account.campaigns[0]?.goal ?? 'TRAFFIC',
      goalOf,
      ...(input.long ? { long: input.long } : {}),
    }),
    // People do not add up over days: the last seven whole days are asked for as one window.
    window.reason === 'tick'
      ? []
      : reader.accountReach(access, { since: addDays(today, -7), until: addDays(today, -1) }),
    reader.readAccountTree(access, { campaignRemoteIds: account.campaigns.map(({ remoteId }) => remoteId) }),
  ]);
  const ours = new Set(goalOf.keys());
  return {
    window,
    askedAt: input.askedAt,
    rows: answer.rows,
    raw: rawDays(answer.raw, ours),
    reach: reach.filter((one) => ours.has(one.entityId)),
    tree,
  };
}

/** Stores one pull: facts, the campaigns' days, reach, and what the platform shows of every campaign. All of it or nothing. */
export async function storePull(
  ctx: ServiceContext,
  { account, pulled }: { account: WatchedAccount; pulled: Pulled },
): Promise<void> {
  const { window, askedAt, rows, raw, reach, tree } = pulled;
  const campaignRecordIds = account.campaigns.map(({ id }) => id);
  await transact(ctx, async (tx, inner) => {
    const answer = { platform: 'meta', accountId: account.externalId, rows, pulledAt: askedAt } as const;
    await storeFacts(inner, answer);
    await addUpFacts(inner, { ...answer, since: window.since });
    await rollUpSnapshots(inner, { campaignRecordIds, since: window.since, raw });
    await keepMoments(inner, { campaignRecordIds, since: addDays(window.until, -2) });
    if (window.reason !== 'tick') await forgetOldAnswers(inner);
    await storeWindowReach(inner, { platform: 'meta', windows: reach, pulledAt: askedAt });
    for (const campaign of account.campaigns) {
      await readBackCampaign(inner, {
        campaignRecordId: campaign.id,
        tree: branchOf(tree, campaign.remoteId),
        askedAt,
      });
    }
    await record(tx, inner, {
      event: 'insights.pulled',
      subject: { type: 'account', id: account.id },
      projectId: account.campaigns[0]?.projectId ?? null,
      payload: { since: window.since, until: window.until, reason: window.reason },
    });
  });
}

/** The campaign, its ad sets and their ads. */
function branchOf(tree: readonly RemoteSeen[], campaignRemoteId: string): RemoteSeen[] {
  const adSets = new Set(
    tree.flatMap((seen) => (seen.level === 'adset' && seen.parentRemoteId === campaignRemoteId ? [seen.remoteId] : [])),
  );
  return tree.filter(
    (seen) =>
      (seen.level === 'campaign' && seen.remoteId === campaignRemoteId) ||
      (seen.level === 'adset' && adSets.has(seen.remoteId)) ||
      (seen.level === 'ad' && adSets.has(seen.parentRemoteId ?? '')),
  );
}

/** The platform's own rows of our campaigns as they came, gathered by campaign and day. */
function rawDays(raw: unknown, ours: ReadonlySet<string>): RawDay[] {
  if (!Array.isArray(raw)) return [];
  const days = new Map<string, RawDay>();
  for (const row of raw as unknown[]) {
    if (typeof row !== 'object' || row === null || !('campaign_id' in row) || !('date_start' in row)) continue;
    const [entityId, day] = [String(row.campaign_id), String(row.date_start)];
    if (!ours.has(entityId)) continue;
    const key = `${entityId} ${day}`;
    const held = days.get(key) ?? { entityId, day, rows: [] };
    held.rows.push(row);
    days.set(key, held);
  }
  return [...days.values()];
}
