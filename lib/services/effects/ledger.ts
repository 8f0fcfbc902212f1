import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import type { Prisma, Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { type AttemptOutcome, noteAttempts, settleAttempts } from './attempts';
import { markerOf } from './marker';
import { lockAgainstStops } from './stop-lock';

export type EffectState = 'INTENT' | 'SENT' | 'DONE' | 'UNKNOWN' | 'FAILED' | 'NEEDS_REVIEW';

/** One intended write to a platform, named by its meaning and never by the attempt. */
export type EffectIntent = {
  /** "<deployment or action id>:<step>:<ordinal>". */
  key: string;
  deploymentId?: string;
  actionId?: string;
  accountId: string;
  kind: string;
  parentKey?: string;
  /** What will be asked for. The same key with another request is refused. */
  request: object;
  /** The request is kept, so that a lost answer can be looked for when nobody works on it any more. */
  keepRequest?: boolean;
  /** Number of the attempt that holds the work; an older attempt may write nothing any more. Null: each opening is the next. */
  fence: number | null;
  /** It can only lower spend: a stop in force lets it through. */
  mayStop?: boolean;
};

export type OpenEffect = {
  key: string;
  marker: string;
  state: EffectState;
  remoteId: string | null;
  attempts: number;
  fence: number;
  /** Real milliseconds since a call may have left; null when none did. Measured by the database's clock alone. */
  sentMsAgo: number | null;
};

/**
 * Writes the intent, or finds it again, and counts the attempt.
 * @throws AppError conflict when a newer attempt holds the work
 */
export async function openEffect(ctx: ServiceContext, intent: EffectIntent): Promise<OpenEffect> {
  const requestHash = sha256Hex(canonicalJson(intent.request));
  return transact(ctx, async (tx) => {
    await tx.remoteEffect.createMany({
      skipDuplicates: true,
      data: [
        {
          key: intent.key,
          workspaceId: ctx.workspaceId,
          deploymentId: intent.deploymentId ?? null,
          actionId: intent.actionId ?? null,
          accountId: intent.accountId,
          kind: intent.kind,
          parentKey: intent.parentKey ?? null,
          marker: markerOf(intent.key),
          requestHash,
          ...(intent.keepRequest ? { request: intent.request as Prisma.InputJsonObject } : {}),
        },
      ],
    });
    const rows = await tx.$queryRaw<
      (Omit<OpenEffect, 'sentMsAgo'> & { requestHash: string; sentMsAgo: number | null })[]
    >`
      UPDATE "RemoteEffect" SET "attempts" = "attempts" + 1, "fence" = COALESCE(${intent.fence}::int, "fence" + 1)
      WHERE "key" = ${intent.key} AND "workspaceId" = ${ctx.workspaceId} AND "fence" <= COALESCE(${intent.fence}::int, "fence")
      RETURNING "key", "marker", "state", "remoteId", "attempts", "fence", "requestHash",
        (EXTRACT(EPOCH FROM (clock_timestamp() AT TIME ZONE 'utc') - "sentAt") * 1000)::float8 AS "sentMsAgo"`;
    const row = rows[0];
    if (!row) throw new AppError('conflict', { effect: intent.key, fence: intent.fence });
    if (row.requestHash !== requestHash) throw new AppError('approval_hash_mismatch', { effect: intent.key });
    const { requestHash: _hash, ...open } = row;
    return open;
  });
}

type Held = { key: string; fence: number };

/**
 * The last moment to stop: from here on a call may leave, and its attempt is on record. A stop is asked for in the same
 * transaction, under a lock that the stop itself takes: once a stop stands, nothing that could spend leaves any more.
 * @param mayStop the write can only lower spend, so that no stop holds it back
 * @throws AppError conflict when somebody newer owns the work or the deployment was ended; stopped
 */
export async function claimSend(ctx: ServiceContext, held: Held & { mayStop: boolean }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await lockAgainstStops(tx, inner, 'shared');
    if (!held.mayStop && (await isStopped(tx, inner, held.key))) throw new AppError('stopped', { effect: held.key });
    const claimed = await tx.$queryRaw<{ accountId: string }[]>`
      UPDATE "RemoteEffect" e SET "state" = 'SENT', "sentAt" = clock_timestamp() AT TIME ZONE 'utc'
      WHERE "key" = ${held.key} AND "workspaceId" = ${ctx.workspaceId} AND "fence" = ${held.fence} AND "state" <> 'DONE'
        AND (e."deploymentId" IS NULL OR EXISTS (
          SELECT 1 FROM "Deployment" d WHERE d."id" = e."deploymentId" AND d."workspaceId" = e."workspaceId" AND d."state" = 'RUNNING'))
      RETURNING e."accountId"`;
    const accountId = claimed[0]?.accountId;
    if (accountId === undefined) throw new AppError('conflict', { effect: held.key, fence: held.fence });
    await noteAttempts(tx, inner, [{ key: held.key, fence: held.fence, accountId }]);
  });
}

/** A stop in force covers the workspace, or the project this effect belongs to. */
async function isStopped(tx: Tx, ctx: ServiceContext, key: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s."id" FROM "StopOrder" s JOIN "RemoteEffect" e ON e."key" = ${key} AND e."workspaceId" = s."workspaceId"
    WHERE s."workspaceId" = ${ctx.workspaceId} AND s."state" <> 'RELEASED' AND (s."projectId" IS NULL
      OR s."projectId" = (SELECT d."projectId" FROM "Deployment" d WHERE d."id" = e."deploymentId")
      OR s."projectId" = (SELECT a."projectId" FROM "CampaignActionRecord" a WHERE a."id" = e."actionId")) LIMIT 1`;
  return rows.length > 0;
}

/** Outcome known and good. In the caller's transaction, together with what follows from it. */
export async function settleDone(
  tx: Tx,
  ctx: ServiceContext,
  held: Held,
  result: { remoteId: string | null; response?: Prisma.InputJsonValue },
): Promise<void> {
  const changed = await tx.remoteEffect.updateMany({
    where: { workspaceId: ctx.workspaceId, key: held.key, fence: held.fence, state: { not: 'DONE' } },
    data: {
      state: 'DONE',
      remoteId: result.remoteId,
      settledAt: new Date(),
      lastError: null,
      ...(result.response === undefined ? {} : { response: result.response }),
    },
  });
  if (changed.count !== 1) throw new AppError('conflict', { effect: held.key, fence: held.fence });
  await settleAttempts(tx, ctx, [{ key: held.key, outcome: 'DONE' }]);
}

/** Outcome known and bad: nothing was made, so the next attempt may send at once. */
export async function settleRejected(ctx: ServiceContext, held: Held, error: string, mayRetry: boolean): Promise<void> {
  await settle(ctx, held, { state: mayRetry ? 'INTENT' : 'FAILED', sentAt: null, lastError: error }, 'REJECTED');
}

/** Outcome not known: `sentAt` stays, and the next attempt looks before it sends. */
export async function settleUnknown(ctx: ServiceContext, held: Held, error: string): Promise<void> {
  await settle(ctx, held, { state: 'UNKNOWN', lastError: error }, 'UNKNOWN');
}

/** Looking does not settle it: a person must. */
export async function settleNeedsReview(ctx: ServiceContext, held: Held, error: string): Promise<void> {
  await settle(ctx, held, { state: 'NEEDS_REVIEW', lastError: error });
}

async function settle(
  ctx: ServiceContext,
  held: Held,
  data: Prisma.RemoteEffectUpdateManyMutationInput & { lastError: string },
  outcome?: AttemptOutcome,
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const changed = await tx.remoteEffect.updateMany({
      where: { workspaceId: ctx.workspaceId, key: held.key, fence: held.fence, state: { not: 'DONE' } },
      data,
    });
    if (outcome && changed.count === 1)
      await settleAttempts(tx, inner, [{ key: held.key, outcome, error: data.lastError }]);
  });
}
