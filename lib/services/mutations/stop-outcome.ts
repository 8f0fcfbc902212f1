import { type CampaignStatus, statusesBefore } from '../../domain/campaign-status';
import type { StopTargetState } from '../../domain/views';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { settleAttempts } from '../effects/attempts';
import { type Recorded, recordAll } from '../ledger/record';
import { shownOf } from './shown';
import type { StopResult } from './stop-calls';
import { closeIfDone, lockOrder } from './stop-close';

/** Real milliseconds until the next try. A limit is waited out, but looked at again at least this often. */
const LIMIT_AT_MOST_MS = 60_000;
const SOON_MS = 1_000;
const REFUSED_MS = 60_000;
const REFUSED_AT_MOST_MS = 600_000;

type Settled = { id: string; state: StopTargetState; reason: string | null; waitMs: number };

/** Where a target stands after a round, and how long until it is looked at again. */
export function targetAfter({ target, outcome }: StopResult): Settled {
  const { id } = target;
  const limited = (waitMs: number | null) => Math.min(waitMs ?? 2 * SOON_MS, LIMIT_AT_MOST_MS);
  switch (outcome.kind) {
    case 'off':
      return target.unsafe
        ? { id, state: 'SENT', reason: 'still_in_flight', waitMs: 2 * SOON_MS }
        : { id, state: 'CONFIRMED', reason: null, waitMs: 0 };
    case 'on':
      return { id, state: 'QUEUED', reason: 'still_on', waitMs: SOON_MS };
    case 'unread':
      return { id, state: 'SENT', reason: outcome.reason, waitMs: limited(outcome.waitMs) };
    case 'later':
      return { id, state: 'QUEUED', reason: outcome.reason, waitMs: limited(outcome.waitMs) };
    case 'refused':
      return {
        id,
        state: 'FAILED',
        reason: outcome.reason,
        waitMs: Math.min(REFUSED_MS * 2 ** Math.min(target.attempts - 1, 6), REFUSED_AT_MOST_MS),
      };
  }
}

type Input = { stopId: string; accountId: string; results: readonly StopResult[]; now: Date };

/** Effects, targets, actions, mirror, statuses, audit and events of one round, in one transaction of few round trips. */
export async function settleStops(ctx: ServiceContext, input: Input): Promise<void> {
  const settled = input.results.map((result) => ({ result, after: targetAfter(result) }));
  await transact(ctx, async (tx, inner) => {
    await lockOrder(tx, inner, input.stopId);
    await settleEffects(tx, inner, input.results);
    const changed = await settleTargets(
      tx,
      inner,
      settled.map(({ after }) => after),
    );
    const confirmed = settled
      .filter(({ after }) => after.state === 'CONFIRMED' && changed.has(after.id))
      .map(({ result }) => result);
    const before = await pauseCampaigns(tx, inner, input, confirmed);
    await completeActions(tx, inner, confirmed, before);
    const entries = confirmed.map((result) =>
      auditOf(input.stopId, result, before.get(result.target.campaignRecordId)),
    );
    const refused = settled
      .filter(({ result, after }) => after.state === 'FAILED' && result.target.attempts === 1)
      .map(({ result, after }) => refusalOf(input.stopId, result, after));
    await recordAll(tx, inner, [...entries, ...refused]);
    await closeIfDone(tx, inner, input.stopId);
  });
}

async function settleEffects(tx: Tx, ctx: ServiceContext, results: readonly StopResult[]): Promise<void> {
  const written = results.flatMap(({ target, write, outcome }) => {
    if (!write || target.effectKey === null) return [];
    // A lost answer that the read-back proved right is done after all.
    const state = write.outcome === 'UNKNOWN' && outcome.kind === 'off' ? 'DONE' : write.outcome;
    return [
      { key: target.effectKey, state: state === 'REJECTED' ? 'FAILED' : state, outcome: state, error: write.error },
    ];
  });
  if (written.length === 0) return;
  await tx.$executeRaw`
    UPDATE "RemoteEffect" e SET "state" = r."state", "lastError" = r."error", "settledAt" = clock_timestamp() AT TIME ZONE 'utc'
    FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS r("key" text, "state" text, "error" text)
    WHERE e."key" = r."key" AND e."workspaceId" = ${ctx.workspaceId}`;
  await settleAttempts(
    tx,
    ctx,
    written.map(({ key, outcome, error }) => ({ key, outcome, ...(error === undefined ? {} : { error }) })),
  );
}

/** Ids of the targets that were still open: another round may have confirmed one meanwhile. */
async function settleTargets(tx: Tx, ctx: ServiceContext, settled: readonly Settled[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "StopTarget" t SET "state" = r."state", "reason" = r."reason", "leaseUntil" = NULL,
      "nextAt" = (clock_timestamp() AT TIME ZONE 'utc') + make_interval(secs => r."waitMs" / 1000.0),
      "confirmedAt" = CASE WHEN r."state" = 'CONFIRMED' THEN clock_timestamp() AT TIME ZONE 'utc' END
    FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS r("id" text, "state" text, "reason" text, "waitMs" float8)
    WHERE t."id" = r."id" AND t."workspaceId" = ${ctx.workspaceId} AND t."state" <> 'CONFIRMED' RETURNING t."id"`;
  return new Set(rows.map(({ id }) => id));
}

type Before = Map<string, CampaignStatus>;
/** Statuses under which the campaign was switched on. */
const ON: readonly (CampaignStatus | undefined)[] = ['ACTIVE', 'IN_REVIEW', 'DISAPPROVED'];

/** Mirror and status follow what was read. Answers each campaign's status before. */
async function pauseCampaigns(
  tx: Tx,
  ctx: ServiceContext,
  input: Input,
  confirmed: readonly StopResult[],
): Promise<Before> {
  if (confirmed.length === 0) return new Map();
  const rows = confirmed.map(({ target, outcome }) => ({
    campaign: target.campaignRecordId,
    remote: target.remoteId,
    status: outcome.kind === 'off' ? (outcome.seen?.status ?? 'DELETED') : null,
    effective: outcome.kind === 'off' ? (outcome.seen?.effectiveStatus ?? 'DELETED') : null,
  }));
  await tx.$executeRaw`
    UPDATE "RemoteObject" o SET "status" = r."status", "effectiveStatus" = r."effective", "seenAt" = ${input.now.toISOString()}::timestamp(3)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("campaign" text, "remote" text, "status" text, "effective" text)
    WHERE o."workspaceId" = ${ctx.workspaceId} AND o."campaignRecordId" = r."campaign" AND o."level" = 'campaign' AND o."remoteId" = r."remote"`;
  const ids = confirmed.map(({ target }) => target.campaignRecordId);
  const before = await tx.campaignRecord.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    select: { id: true, status: true },
  });
  await tx.campaignRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids }, status: { in: statusesBefore('PAUSED') } },
    data: { status: 'PAUSED' },
  });
  return new Map(before.map(({ id, status }) => [id, status as CampaignStatus]));
}

async function completeActions(
  tx: Tx,
  ctx: ServiceContext,
  confirmed: readonly StopResult[],
  before: Before,
): Promise<void> {
  const rows = confirmed.flatMap(({ target, outcome }) =>
    target.actionId === null || outcome.kind !== 'off'
      ? []
      : [
          {
            id: target.actionId,
            before: {
              'campaign:campaign': { status: ON.includes(before.get(target.campaignRecordId)) ? 'ACTIVE' : 'PAUSED' },
            },
            after: { 'campaign:campaign': outcome.seen ? shownOf(outcome.seen) : null },
          },
        ],
  );
  if (rows.length === 0) return;
  const now = await workspaceNow(ctx, tx);
  await tx.$executeRaw`
    UPDATE "CampaignActionRecord" a SET "state" = 'DONE', "before" = r."before", "after" = r."after", "executedAt" = ${now.toISOString()}::timestamp(3)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("id" text, "before" jsonb, "after" jsonb)
    WHERE a."id" = r."id" AND a."workspaceId" = ${ctx.workspaceId} AND a."state" = 'EXECUTING'`;
}

function auditOf(stopId: string, { target, write }: StopResult, before: CampaignStatus | undefined): Recorded {
  return {
    event: 'stop.progressed',
    subject: { type: 'campaign', id: target.campaignRecordId },
    projectId: target.projectId,
    payload: { stop: stopId, campaignId: target.campaignRecordId, state: 'CONFIRMED' },
    quiet: true,
    audit: {
      before: { status: before ?? null },
      after: { status: 'PAUSED', readBack: true },
      reason: {
        rule: 'owner-stop',
        stop: stopId,
        sent: write !== null,
        attempts: target.attempts,
        effect: target.effectKey,
      },
    },
  };
}

function refusalOf(stopId: string, { target }: StopResult, after: Settled): Recorded {
  return {
    event: 'stop.progressed',
    subject: { type: 'campaign', id: target.campaignRecordId },
    projectId: target.projectId,
    payload: { stop: stopId, campaignId: target.campaignRecordId, state: 'FAILED' },
    quiet: true,
    audit: { after: { state: 'FAILED' }, reason: { rule: 'owner-stop', stop: stopId, refused: after.reason } },
  };
}
