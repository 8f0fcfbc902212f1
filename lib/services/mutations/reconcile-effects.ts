import type { DrawSeen, LeadFormSeen, Lookup, RemoteSeen, StopRuleSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { inSystem, type Tx } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { log } from '../../runtime/log';
import { enqueue } from '../../runtime/ports';
import { accessOfAccount } from '../connections/access-of-account';
import { type ServiceContext, transact } from '../context';
import { finishFoundOn } from '../deployments/found-on';
import { settleAttempts } from '../effects/attempts';
import { record } from '../ledger/record';
import { CREATED_LEVEL, lookForEffect } from './look-for-effect';
import { recordSeen } from './record-seen';
import { MADE_ELSEWHERE, VALUE_WRITES } from './value-writes';

/** Real minutes after which a call that may have left is looked for, once nobody works on it any more. */
const OPEN_MINUTES = 10;
/** What the sweep can look for. A picture sent again makes nothing new, a removal is looked at when it is tried again. */
const KINDS = [...Object.keys(CREATED_LEVEL), ...VALUE_WRITES, ...MADE_ELSEWHERE];

/** What the ledger says of a create that stays open because a resumed start has to adopt it: looked for once, not for ever. */
const FOUND = 'found by the sweep';

type Open = {
  key: string;
  kind: string;
  marker: string;
  accountId: string;
  request: unknown;
  deploymentId: string | null;
  actionId: string | null;
};
type Found = RemoteSeen | StopRuleSeen | LeadFormSeen | DrawSeen;
type Seen = Lookup<Found>;

/**
 * Settles what the ledger left open: calls that may have left while their deployment or action is over. Only looks. A
 * create that is found stays open to be adopted by a resumed start; a value that stands there is done, and our picture of
 * the campaign follows it; absence must be proven, and anything doubtful stays open for the next look.
 */
export async function reconcileEffects(
  ctx: ServiceContext,
  input: { afterMinutes?: number },
): Promise<{ looked: number; found: string[] }> {
  const minutes = input.afterMinutes ?? OPEN_MINUTES;
  const open = await transact(
    ctx,
    (tx) => tx.$queryRaw<Open[]>`
    SELECT e."key", e."kind", e."marker", e."accountId", e."request", e."deploymentId", e."actionId" FROM "RemoteEffect" e
    WHERE e."workspaceId" = ${ctx.workspaceId} AND e."state" IN ('SENT', 'UNKNOWN') AND e."kind" = ANY(${KINDS})
      AND COALESCE(e."lastError", '') NOT LIKE ${`${FOUND}%`}
      AND e."sentAt" < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${minutes})
      AND NOT EXISTS (SELECT 1 FROM "Deployment" d WHERE d."id" = e."deploymentId" AND d."state" = 'RUNNING')
      AND NOT EXISTS (SELECT 1 FROM "CampaignActionRecord" a WHERE a."id" = e."actionId" AND a."state" = 'EXECUTING')
    ORDER BY e."sentAt" LIMIT 100`,
  );
  const found: string[] = [];
  for (const effect of open) if (await settleByLooking(ctx, effect)) found.push(effect.key);
  return { looked: open.length, found };
}

/** True where the lost call had done something. */
async function settleByLooking(ctx: ServiceContext, effect: Open): Promise<boolean> {
  const access = await accessOfAccount(ctx, { accountId: effect.accountId });
  if (!access) return false;
  const calm = { ...access, urgency: 'background' as const };
  const lookup = await lookForEffect(calm, effect);
  if (lookup.kind === 'inconclusive') return false;
  const there = lookup.kind !== 'absent';
  const settled = await transact(ctx, async (tx, inner) => {
    if (!(await settle(tx, inner, effect, lookup))) return false;
    await settleAttempts(tx, inner, [{ key: effect.key, outcome: there ? 'DONE' : 'REJECTED', error: FOUND }]);
    if (lookup.kind === 'found' && isValue(effect)) await follow(tx, inner, effect, lookup.object);
    return true;
  });
  if (!settled || !there) return false;
  log.warn({ effect: effect.key, kind: lookup.kind }, 'a lost call had done something');
  const { deploymentId } = effect;
  if (deploymentId && effect.key === `${deploymentId}:on:campaign` && lookup.kind === 'found') {
    const tree = await readerFor(access.platform).readCampaignTree(calm, lookup.object.remoteId);
    await finishFoundOn(ctx, { deploymentId, tree, accountId: effect.accountId });
  }
  return true;
}

const isValue = ({ kind }: Open): boolean => VALUE_WRITES.includes(kind);

/** A start that is resumed meanwhile holds a newer state: then this look is too late, and the answer is false. */
async function settle(tx: Tx, ctx: ServiceContext, effect: Open, lookup: Seen): Promise<boolean> {
  const there = lookup.kind !== 'absent';
  const remoteId = lookup.kind === 'found' ? lookup.object.remoteId : null;
  const changed = await tx.remoteEffect.updateMany({
    where: { workspaceId: ctx.workspaceId, key: effect.key, state: { in: ['SENT', 'UNKNOWN'] } },
    data: {
      ...(there ? { state: isValue(effect) ? 'DONE' : 'UNKNOWN' } : { state: 'INTENT', sentAt: null }),
      ...(there && isValue(effect) ? { remoteId } : {}),
      settledAt: new Date(),
      lastError: there ? `${FOUND} (${lookup.kind})` : null,
    },
  });
  return changed.count === 1;
}

/** A value that took effect after all: our picture follows it, and where its action was called failed, that is put right. */
async function follow(tx: Tx, ctx: ServiceContext, effect: Open, object: Found): Promise<void> {
  const owner = await ownerOf(tx, ctx, effect);
  if (!owner) return;
  const { campaignRecordId, projectId } = owner;
  if ('level' in object)
    for (const id of [campaignRecordId, ...(owner.otherCampaignId === null ? [] : [owner.otherCampaignId])])
      await recordSeen(tx, ctx, { campaignRecordId: id, accountId: effect.accountId, objects: [object] });
  if (!owner.failed) return;
  await record(tx, ctx, {
    event: 'effect.found',
    subject: { type: 'campaign', id: campaignRecordId },
    projectId,
    payload: { campaignId: campaignRecordId, kind: effect.kind },
    audit: { after: { state: 'DONE', kind: effect.kind }, reason: { rule: 'read-back' } },
  });
}

/** Whose campaign it is, and whether its action was called failed. */
async function ownerOf(tx: Tx, ctx: ServiceContext, effect: Open) {
  const where = { workspaceId: ctx.workspaceId };
  const select = { campaignRecordId: true, projectId: true };
  if (effect.actionId) {
    const action = await tx.campaignActionRecord.findFirst({
      where: { ...where, id: effect.actionId },
      select: { ...select, state: true, otherCampaignId: true },
    });
    return action && { ...action, failed: action.state === 'FAILED' };
  }
  const deployment = await tx.deployment.findFirst({ where: { ...where, id: effect.deploymentId ?? '' }, select });
  return deployment && { ...deployment, otherCampaignId: null, failed: false };
}

/** Workspaces with calls left open: each gets a look of its own every ten minutes. */
export async function enqueueReconcile(now: Date): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ workspaceId: string }[]>`
      SELECT DISTINCT "workspaceId" FROM "RemoteEffect" WHERE "state" IN ('SENT', 'UNKNOWN') AND "kind" = ANY(${KINDS})
        AND COALESCE("lastError", '') NOT LIKE ${`${FOUND}%`}
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
