import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { AdPlatformReader } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { accessFor } from '../connections/access';
import { markConnectionBroken } from '../connections/mark-broken';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { pullInsights } from '../insights/pull';
import { type WatchedAccount, watchedAccount } from '../insights/watched';
import { ensureWeeklySchedule } from '../schedules/ensure-weekly';
import { claimSlot, finishSlot, lastPulledSlot, slotOf } from './slot';

export type Monitored = { state: 'pulled' | 'already' | 'busy' | 'nothing' | 'broken' };

/**
 * Pulls one ad account for the current slot of business time, once. A refused token marks the connection as broken and
 * is not tried again; anything else leaves the slot open for the next try and is thrown.
 */
export async function monitorAccount(ctx: ServiceContext, input: { adAccountId: string; reader?: AdPlatformReader }): Promise<Monitored> {
  const account = await watchedAccount(ctx, input);
  const projectId = account?.campaigns[0]?.projectId;
  if (!account || !projectId) return { state: 'nothing' };
  const slot = slotOf(await transact(ctx, (tx, inner) => workspaceNow(inner, tx)));
  const claim = await claimSlot(ctx, { adAccountId: account.id, slot });
  if (claim.kind !== 'mine') return { state: claim.kind === 'done' ? 'already' : 'busy' };
  try {
    const { access } = await accessFor(ctx, { projectId });
    const previous = await lastPulledSlot(ctx, { adAccountId: account.id, before: slot });
    const window = await pullInsights(ctx, {
      account, access, reader: input.reader ?? readerFor(access.platform), previousDay: previous ? dayIn(account.timezone, previous) : null,
    });
    if (window.reason !== 'tick') await scheduleReports(ctx, account);
    await finishSlot(ctx, { runId: claim.runId });
    return { state: 'pulled' };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    await finishSlot(ctx, { runId: claim.runId, errorCode: code });
    if (code !== 'platform_reauthorise') throw error;
    log.warn({ err: error, account: account.id }, 'connection refused');
    await markConnectionBroken(ctx, { connectionId: account.connectionId, projectId, reason: code });
    return { state: 'broken' };
  }
}

async function scheduleReports(ctx: ServiceContext, account: WatchedAccount): Promise<void> {
  for (const projectId of new Set(account.campaigns.map((campaign) => campaign.projectId))) {
    await ensureWeeklySchedule(ctx, { projectId, accountZone: account.timezone });
  }
}
