import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { AdPlatformReader, PreparedRun } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { gradeDueActions } from '../activity/grade-actions';
import { accessFor } from '../connections/access';
import { markConnectionBroken } from '../connections/mark-broken';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { askPlatform, storePull } from '../insights/pull';
import { type WatchedAccount, watchedAccount } from '../insights/watched';
import { lookAtLedger } from '../quarantine/ledger-look';
import { ensureWeeklySchedule } from '../schedules/ensure-weekly';
import { advanceEngines } from './advance-engines';
import { type LookAtSite, lookAtSites } from './look-at-sites';
import { claimSlot, finishSlot, keepProgress, lastPulledSlot, SLOT_MS, slotOf } from './slot';
import { tellStoppedDelivery } from './stopped-delivery';
import { tellSignificantEvents } from './tell-events';
import { watchProjects } from './watch';

/** How far back the account's log is read where nothing was pulled before. */
const FIRST_LOOK_MS = 86_400_000;
export type Monitored = { state: 'pulled' | 'already' | 'busy' | 'nothing' | 'broken' };

/**
 * Pulls one ad account for the current slot of business time, once. A refused token marks the connection as broken and
 * is not tried again; anything else leaves the slot open for the next try and is thrown.
 */
export async function monitorAccount(
  ctx: ServiceContext,
  input: {
    adAccountId: string;
    reader?: AdPlatformReader;
    look?: LookAtSite;
    reportWaitMs?: number;
    changes?: LedgerLook['changes'];
  },
): Promise<Monitored> {
  const taken = await transact(ctx, (tx, inner) => takeSlot(tx, inner, input.adAccountId));
  if ('state' in taken) return taken;
  const { account, runId } = taken;
  const projectId = account.campaigns[0]?.projectId ?? '';
  try {
    const { access } = await accessFor(ctx, { projectId });
    const [pulled, sites] = await Promise.all([
      askPlatform({
        ...taken,
        access,
        long: {
          earlier: taken.progress,
          keep: (progress) => keepProgress(ctx, { runId, progress }),
          ...(input.reportWaitMs === undefined ? {} : { waitMs: input.reportWaitMs }),
        },
        reader: input.reader ?? readerFor(access.platform),
      }),
      lookAtSites(ctx, { account, access, ...(input.look ? { look: input.look } : {}) }),
    ]);
    await checkLedger(ctx, taken, { access, tree: pulled.tree, reader: input.reader, changes: input.changes });
    await transact(ctx, async (_tx, inner) => {
      await storePull(inner, { account, pulled });
      if (pulled.window.reason !== 'tick') {
        await scheduleReports(inner, account);
        await gradeDueActions(inner, { adAccountId: account.id });
        await tellStoppedDelivery(inner, { campaignIds: account.campaigns.map(({ id }) => id), today: taken.today });
      }
      // What the pull just showed (live, paused, refused) is what is judged.
      const seen = (await watchedAccount(inner, input)) ?? account;
      await watchProjects(inner, { account: seen, sites, pulledAt: taken.now });
      await advanceEngines(inner, { account: seen });
      await tellSignificantEvents(inner, { account: seen, isNewDay: pulled.window.reason !== 'tick' });
      await finishSlot(inner, { runId, siteAnswers: sites });
    });
    return { state: 'pulled' };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    await finishSlot(ctx, { runId, errorCode: code });
    if (code !== 'platform_reauthorise') {
      // Numbers that stay away are trouble of their own, and nobody else would notice.
      await watchProjects(ctx, { account, sites: {}, pulledAt: taken.previousAt });
      throw error;
    }
    log.warn({ err: error, account: account.id }, 'connection refused');
    await markConnectionBroken(ctx, { connectionId: account.connectionId, projectId, reason: code });
    return { state: 'broken' };
  }
}

type LedgerLook = Parameters<typeof lookAtLedger>[1];
type LedgerFacts = Pick<LedgerLook, 'access' | 'tree'> & {
  reader: AdPlatformReader | undefined;
  changes: LedgerLook['changes'] | undefined;
};

/**
 * Our own books against the platform's, before anything is decided on its numbers. Numbers are worth having also where
 * this look fails; the next pull takes it again.
 */
async function checkLedger(ctx: ServiceContext, taken: Taken, facts: LedgerFacts): Promise<void> {
  const { account, now, previousAt } = taken;
  // A reader that was handed in stands for the whole platform: what it does not bring is not asked elsewhere.
  const changes = facts.changes ?? (facts.reader ? async () => [] : undefined);
  try {
    await lookAtLedger(ctx, {
      account,
      access: facts.access,
      tree: facts.tree,
      reader: facts.reader ?? readerFor(facts.access.platform),
      campaignRecordIds: account.campaigns.map(({ id }) => id),
      // The slot before may have been pulled at its very beginning.
      since: new Date((previousAt ?? now).getTime() - (previousAt ? SLOT_MS : FIRST_LOOK_MS)),
      ...(changes ? { changes } : {}),
    });
  } catch (error) {
    log.error({ err: error, account: account.id }, 'the ledger could not be compared with the platform');
  }
}

type Taken = {
  account: WatchedAccount;
  runId: string;
  /** A report an earlier try of this slot ordered. */
  progress: PreparedRun | null;
  /** Business time. */
  now: Date;
  today: string;
  previousAt: Date | null;
  previousDay: string | null;
  askedAt: Date;
};

async function takeSlot(tx: Tx, ctx: ServiceContext, adAccountId: string): Promise<Taken | Monitored> {
  const account = await watchedAccount(ctx, { adAccountId });
  if (!account) return { state: 'nothing' };
  const now = await workspaceNow(ctx, tx);
  const slot = slotOf(now);
  const claim = await claimSlot(ctx, { adAccountId, slot });
  if (claim.kind !== 'mine') return { state: claim.kind === 'done' ? 'already' : 'busy' };
  const previous = await lastPulledSlot(ctx, { adAccountId, before: slot });
  const rows = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  return {
    account,
    runId: claim.runId,
    progress: claim.progress,
    now,
    previousAt: previous ? new Date(previous.getTime() + SLOT_MS) : null,
    today: dayIn(account.timezone, now),
    previousDay: previous ? dayIn(account.timezone, previous) : null,
    askedAt: rows[0]?.at ?? new Date(0),
  };
}

async function scheduleReports(ctx: ServiceContext, account: WatchedAccount): Promise<void> {
  for (const projectId of new Set(account.campaigns.map((campaign) => campaign.projectId))) {
    await ensureWeeklySchedule(ctx, { projectId, accountZone: account.timezone });
  }
}
