import { randomUUID } from 'node:crypto';
import type { Evidence } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { StopVia } from '../../domain/views';
import type { Tx } from '../../runtime/db';
import { env } from '../../runtime/env';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { failDeployment } from '../deployments/end';
import { lockAgainstStops } from '../effects/stop-lock';
import { record } from '../ledger/record';
import { lockProjects } from '../pacing/lock';
import { requireMay } from '../workspaces/require-may';
import { closeIfDone, lockOrder } from './stop-close';

export type StopScope = { kind: 'workspace' } | { kind: 'project'; projectId: string };
export type StopInput = { scope: StopScope; via?: StopVia };

/** Seconds the one who ordered the stop has for carrying it out himself before the stop lane takes over. */
const HEAD_START_SECONDS = 5;
/** Statuses of campaigns that stand, or may come to stand, at the platform. */
const MAY_SPEND = ['APPROVED', 'DEPLOYING', 'DEPLOY_FAILED', 'IN_REVIEW', 'ACTIVE', 'DISAPPROVED', 'PAUSED'];

/**
 * The emergency stop. In one short transaction: the order stands (from here on nothing that could spend leaves), running
 * deployments end where they are, and every campaign of the scope becomes a target. `carryOutStop` then pauses and reads
 * back; the stop lane goes on with what is left for as long as it takes. Pressed again, it checks everything again.
 * @throws AppError not_permitted, not_found
 */
export async function stopEverything(ctx: ServiceContext, input: StopInput): Promise<{ stopId: string }> {
  const via = input.via ?? 'owner';
  const projectId = input.scope.kind === 'project' ? input.scope.projectId : null;
  return transact(ctx, async (tx, inner) => {
    if (projectId !== null) {
      const project = await tx.project.count({ where: { workspaceId: ctx.workspaceId, id: projectId } });
      if (project === 0) throw new AppError('not_found', { project: projectId });
    }
    // The owner's own words were checked by code before this; they carry no signature of a person.
    if (via !== 'words') await requireMay(inner, 'ads.stop');
    const running = await tx.deployment.findMany({
      where: { workspaceId: ctx.workspaceId, state: 'RUNNING', ...(projectId === null ? {} : { projectId }) },
      select: { projectId: true },
    });
    await lockProjects(
      tx,
      inner,
      running.map((deployment) => deployment.projectId),
    );
    // Waits for claims under way and lets none in until the order stands.
    await lockAgainstStops(tx, inner, 'alone');
    const { id: stopId, again } = await placeOrder(tx, inner, { projectId, via });
    await endDeployments(tx, inner, projectId);
    const targets = await placeTargets(tx, inner, { stopId, projectId });
    if (!again || targets.created > 0) {
      await record(tx, inner, {
        event: 'stop.ordered',
        subject: { type: 'stop', id: stopId },
        projectId,
        payload: { via, campaigns: targets.all },
        audit: { after: { state: 'STOPPING', via, scope: input.scope.kind, campaigns: targets.all } },
      });
    }
    for (const accountId of targets.accounts) await enqueueStop(tx, inner, { stopId, accountId });
    await closeIfDone(tx, inner, stopId);
    return { stopId };
  });
}

/** Sends an account's share of a stop to the stop lane, behind the head start of whoever ordered it. */
export async function enqueueStop(
  tx: Tx,
  ctx: ServiceContext,
  input: { stopId: string; accountId: string },
): Promise<void> {
  await enqueue(tx, {
    kind: 'carry-out-stop',
    workspaceId: ctx.workspaceId,
    data: { stopId: input.stopId, accountId: input.accountId },
    key: `stop:${input.stopId}:${input.accountId}`,
    startAfterSeconds: HEAD_START_SECONDS,
    requestId: ctx.requestId,
  });
}

type Placing = { projectId: string | null; via: StopVia };

/** A new order, or the one in force with everything to be looked at again. */
async function placeOrder(tx: Tx, ctx: ServiceContext, input: Placing): Promise<{ id: string; again: boolean }> {
  const inForce = { workspaceId: ctx.workspaceId, projectId: input.projectId, state: { not: 'RELEASED' } };
  const standing = await tx.stopOrder.findFirst({ where: inForce, select: { id: true } });
  if (standing) {
    await lockOrder(tx, ctx, standing.id);
    await tx.stopOrder.updateMany({ where: { ...inForce, id: standing.id }, data: { state: 'STOPPING' } });
    await tx.stopTarget.updateMany({
      where: { workspaceId: ctx.workspaceId, stopId: standing.id, remoteId: { not: null } },
      data: { nextAt: new Date(0) },
    });
    // What was confirmed is read again; what was not is sent again.
    await tx.stopTarget.updateMany({
      where: { workspaceId: ctx.workspaceId, stopId: standing.id, remoteId: { not: null }, state: 'CONFIRMED' },
      data: { state: 'SENT', confirmedAt: null },
    });
    return { id: standing.id, again: true };
  }
  const row = await tx.stopOrder.create({
    data: {
      workspaceId: ctx.workspaceId,
      projectId: input.projectId,
      via: input.via,
      actor: ctx.actor,
      requestId: ctx.requestId,
      occurredAt: await workspaceNow(ctx, tx),
    },
    select: { id: true },
  });
  return { id: row.id, again: false };
}

async function endDeployments(tx: Tx, ctx: ServiceContext, projectId: string | null): Promise<void> {
  const running = await tx.deployment.findMany({
    where: { workspaceId: ctx.workspaceId, state: 'RUNNING', ...(projectId === null ? {} : { projectId }) },
    select: { id: true },
  });
  for (const { id } of running)
    await failDeployment(ctx, { deploymentId: id, code: 'stopped', reason: 'the emergency stop' });
}

type Placed = { all: number; created: number; accounts: string[] };
type Campaign = {
  id: string;
  projectId: string;
  accountId: string;
  remoteId: string | null;
  isPaused: boolean;
  unsafeForMs: number | null;
};

async function placeTargets(
  tx: Tx,
  ctx: ServiceContext,
  input: { stopId: string; projectId: string | null },
): Promise<Placed> {
  const campaigns = await campaignsOf(tx, ctx, input.projectId);
  const known = await tx.stopTarget.findMany({
    where: { workspaceId: ctx.workspaceId, stopId: input.stopId },
    select: { campaignRecordId: true, remoteId: true },
  });
  const fresh = campaigns.filter(({ id }) => !known.some((target) => target.campaignRecordId === id));
  const paused = fresh.filter(({ remoteId }) => remoteId !== null).map((one) => ({ ...one, actionId: randomUUID() }));
  const now = await workspaceNow(ctx, tx);
  await tx.campaignActionRecord.createMany({
    data: paused.map(({ id, projectId, actionId }) => ({
      id: actionId,
      workspaceId: ctx.workspaceId,
      projectId,
      campaignRecordId: id,
      kind: 'pause_campaign',
      state: 'EXECUTING',
      action: { kind: 'pause_campaign' },
      verdict: { answer: 'allow', reasons: ['owner_asked'] },
      evidence: evidenceOn(now),
      dedupeKey: `${id}:stop:${input.stopId}`,
      occurredAt: now,
    })),
  });
  await tx.stopTarget.createMany({
    data: fresh.map(({ id, projectId, accountId, remoteId, isPaused, unsafeForMs }) => ({
      workspaceId: ctx.workspaceId,
      stopId: input.stopId,
      projectId,
      campaignRecordId: id,
      accountId,
      remoteId,
      actionId: paused.find((one) => one.id === id)?.actionId ?? null,
      // What never reached the platform has nothing to pause; what stands paused is only read back.
      state: remoteId === null ? 'CONFIRMED' : isPaused ? 'SENT' : 'QUEUED',
      ...(remoteId === null ? { confirmedAt: new Date() } : {}),
      nextAt: new Date(0),
      unsafeUntil: unsafeForMs === null || unsafeForMs <= 0 ? null : new Date(Date.now() + unsafeForMs),
    })),
  });
  return {
    all: campaigns.length,
    created: fresh.length,
    accounts: [...new Set(campaigns.filter(({ remoteId }) => remoteId !== null).map(({ accountId }) => accountId))],
  };
}

/**
 * Campaigns of the scope, with how long a call that switches on may still be under way: one that left and was not
 * answered may arrive until its deadline is over, and show until the platform has settled.
 */
async function campaignsOf(tx: Tx, ctx: ServiceContext, projectId: string | null): Promise<Campaign[]> {
  const flightMs = env().META_TIMEOUT_MS + env().SIMULATOR_SETTLE_MS;
  return tx.$queryRaw<Campaign[]>`
    SELECT c."id", c."projectId", COALESCE(o."accountId", a."externalId", c."adAccountId") AS "accountId", o."remoteId",
      COALESCE(o."status" = 'PAUSED', false) AS "isPaused",
      (SELECT MAX(EXTRACT(EPOCH FROM e."sentAt" - (clock_timestamp() AT TIME ZONE 'utc')) * 1000 + ${flightMs})::float8
        FROM "RemoteEffect" e WHERE e."workspaceId" = c."workspaceId" AND e."state" IN ('SENT', 'UNKNOWN') AND e."kind" = 'set_status'
          AND e."sentAt" > (clock_timestamp() AT TIME ZONE 'utc') - make_interval(secs => ${flightMs / 1000})
          AND (e."deploymentId" IN (SELECT d."id" FROM "Deployment" d WHERE d."campaignRecordId" = c."id")
            OR e."actionId" IN (SELECT x."id" FROM "CampaignActionRecord" x WHERE x."campaignRecordId" = c."id"))) AS "unsafeForMs"
    FROM "CampaignRecord" c
    LEFT JOIN "RemoteObject" o ON o."campaignRecordId" = c."id" AND o."level" = 'campaign' AND o."workspaceId" = c."workspaceId"
    LEFT JOIN "AdAccount" a ON a."id" = c."adAccountId" AND a."workspaceId" = c."workspaceId"
    WHERE c."workspaceId" = ${ctx.workspaceId} AND c."status" = ANY(${MAY_SPEND}) AND (${projectId}::text IS NULL OR c."projectId" = ${projectId})
    ORDER BY c."id"`;
}

function evidenceOn(now: Date): Evidence {
  const today = now.toISOString().slice(0, 10);
  return {
    rule: 'owner-stop',
    facts: [],
    confidence: null,
    alternatives: [],
    wouldChange: [],
    since: today,
    until: today,
  };
}
