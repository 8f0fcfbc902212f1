import { AppError } from '../../domain/errors';
import type { RemoteLevel } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { inSystem } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { log } from '../../runtime/log';
import { enqueue } from '../../runtime/ports';
import { accessOfAccount } from '../connections/access-of-account';
import { type ServiceContext, transact } from '../context';
import { settleAttempts } from '../effects/attempts';

/** Real minutes after which a call that may have left is looked for, once nobody works on it any more. */
const OPEN_MINUTES = 10;

const LEVEL: Record<string, RemoteLevel> = {
  create_campaign: 'campaign',
  create_ad_set: 'adset',
  create_creative: 'creative',
  create_ad: 'ad',
};

type Open = { key: string; kind: string; marker: string; accountId: string };

/**
 * Settles what the ledger left open: calls that may have left while their deployment or action is over. Only looks:
 * found means it was made after all, absence must be proven, anything doubtful stays open for the next look.
 */
export async function reconcileEffects(
  ctx: ServiceContext,
  input: { afterMinutes?: number },
): Promise<{ looked: number; found: string[] }> {
  const minutes = input.afterMinutes ?? OPEN_MINUTES;
  const open = await transact(
    ctx,
    (tx) => tx.$queryRaw<Open[]>`
    SELECT e."key", e."kind", e."marker", e."accountId" FROM "RemoteEffect" e
    WHERE e."workspaceId" = ${ctx.workspaceId} AND e."state" IN ('SENT', 'UNKNOWN') AND e."kind" = ANY(${Object.keys(LEVEL)})
      AND e."sentAt" < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${minutes})
      AND NOT EXISTS (SELECT 1 FROM "Deployment" d WHERE d."id" = e."deploymentId" AND d."state" = 'RUNNING')
      AND NOT EXISTS (SELECT 1 FROM "CampaignActionRecord" a WHERE a."id" = e."actionId" AND a."state" = 'EXECUTING')
    ORDER BY e."sentAt" LIMIT 100`,
  );
  const found: string[] = [];
  for (const effect of open) if (await lookFor(ctx, effect)) found.push(effect.key);
  return { looked: open.length, found };
}

/** True where the lost call had made something: it stands paused at the platform, and a resumed start adopts it. */
async function lookFor(ctx: ServiceContext, effect: Open): Promise<boolean> {
  const access = await accessOfAccount(ctx, { accountId: effect.accountId });
  const level = LEVEL[effect.kind];
  if (!access || !level) return false;
  const lookup = await readerFor(access.platform)
    .findByMarker({ ...access, urgency: 'background' }, level, effect.marker, null)
    .catch((error: unknown) => {
      if (error instanceof AppError) return { kind: 'inconclusive' as const, reason: error.code };
      throw error;
    });
  if (lookup.kind === 'inconclusive') return false;
  const there = lookup.kind !== 'absent';
  await transact(ctx, async (tx, inner) => {
    // A start that is resumed meanwhile holds a newer state: then this look is too late.
    const changed = await tx.remoteEffect.updateMany({
      where: { workspaceId: ctx.workspaceId, key: effect.key, state: { in: ['SENT', 'UNKNOWN'] } },
      data: there
        ? { state: 'UNKNOWN', lastError: `found by the sweep (${lookup.kind})` }
        : { state: 'INTENT', sentAt: null },
    });
    if (changed.count === 1)
      await settleAttempts(tx, inner, [
        { key: effect.key, outcome: there ? 'DONE' : 'REJECTED', error: 'found by the sweep' },
      ]);
  });
  if (there) log.warn({ effect: effect.key, level, kind: lookup.kind }, 'a lost call had made something');
  return there;
}

/** Workspaces with calls left open: each gets a look of its own every ten minutes. */
export async function enqueueReconcile(now: Date): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ workspaceId: string }[]>`
      SELECT DISTINCT "workspaceId" FROM "RemoteEffect" WHERE "state" IN ('SENT', 'UNKNOWN')
        AND "sentAt" < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${OPEN_MINUTES}) LIMIT 500`;
    const slot = Math.floor(now.getTime() / (OPEN_MINUTES * 60_000));
    for (const { workspaceId } of rows)
      await enqueue(tx, {
        kind: 'reconcile',
        workspaceId,
        data: {},
        id: `${workspaceId}:${slot}`,
        key: `reconcile:${workspaceId}`,
        requestId: newRequestId(),
      });
    return { sent: rows.length };
  });
}
