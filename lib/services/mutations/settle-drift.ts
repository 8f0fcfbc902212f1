import type { CampaignAction, Evidence, GuardBack } from '../../domain/action';
import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { keepTheirCap } from '../pacing/keep-cap';
import { lockProject, lockProjects } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { refuseBeyondLimits } from '../pacing/refuse-beyond';
import { raiseOf } from '../workspaces/approved-lately';
import { requireMay } from '../workspaces/require-may';
import { leftAt } from './drift-ours';
import { proposeAction } from './propose';
import { loadOurs } from './watch-drift';

type Which = { findingIds: string[] };
type Finding = NonNullable<Awaited<ReturnType<Tx['driftFinding']['findFirst']>>>;

/**
 * "Keep yours": what stands at the platform is right from now on. Changes nothing there, and counts as an approval of what
 * it costs more: it must be within the person's own limit, and the month must have room for it. Counted is it either way.
 * A cap somebody raised there makes the month's promise grow by what it lets through (pacing/keep-cap).
 * @throws AppError not_permitted, above_your_limit, above_month_limit, guard_beyond_month
 */
export async function keepTheirs(ctx: ServiceContext, input: Which): Promise<{ kept: number }> {
  const projectIds = await transact(ctx, async (tx, inner) => {
    const open = await openFindings(tx, ctx, input.findingIds);
    await requireMay(inner, 'action.undo');
    const ids = [...new Set(open.map(({ projectId }) => projectId))];
    await lockProjects(tx, inner, ids);
    for (const row of open) await mirrorTheirs(tx, inner, row);
    for (const projectId of ids) await recountRunning(tx, inner, projectId);
    return ids;
  });
  return transact(ctx, async (tx, inner) => {
    await lockProjects(tx, inner, projectIds);
    const open = await openFindings(tx, ctx, input.findingIds);
    const currency = await currencyOf(tx, inner, open);
    const minor = open.reduce((sum, row) => sum + (row.field === 'daily_budget' ? raiseOf(row) : 0n), 0n);
    if (minor > 0n) await requireMay(inner, 'approval.approve', { minor, currency });
    if (open.some(costsMore)) for (const projectId of projectIds) await refuseBeyondLimits(tx, inner, projectId);
    for (const row of open) {
      if (!isCap(row)) continue;
      const { growsMinor } = await keepTheirCap(tx, inner, await capOf(tx, inner, row));
      // Nobody counted it by the day: only who has no limit of their own approves it.
      if (growsMinor > 0n) await requireMay(inner, 'approval.approve', { minor: null, currency });
    }
    const now = await workspaceNow(inner, tx);
    const { count } = await tx.driftFinding.updateMany({
      where: { workspaceId: ctx.workspaceId, id: { in: open.map(({ id }) => id) }, state: 'OPEN' },
      data: { state: 'KEPT', decidedBy: ctx.actor, decidedAt: now },
    });
    for (const row of open) await recordDecision(tx, inner, row, 'KEPT');
    return { kept: count };
  });
}

export function isCap(row: Pick<Finding, 'field' | 'level'>): boolean {
  return row.field === 'spend_cap' && row.level === 'campaign';
}

async function capOf(tx: Tx, ctx: ServiceContext, row: Finding) {
  const { timezone } = await tx.campaignRecord.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, id: row.campaignRecordId },
    select: { timezone: true },
  });
  const { value } = row.theirs as { value: unknown };
  return {
    campaign: { id: row.campaignRecordId, projectId: row.projectId, timezone },
    theirsMinor: isAmount(value) ? BigInt(String(value)) : null,
  };
}

/** What may cost more than what we left: a budget that was raised, something that was switched on or added. */
function costsMore(row: Finding): boolean {
  if (row.field === 'daily_budget') return raiseOf(row) > 0n;
  const { value } = row.theirs as { value: unknown };
  return (row.field === 'status' && value === 'ACTIVE') || (row.field === 'exists' && value === true);
}

async function currencyOf(tx: Tx, ctx: ServiceContext, rows: readonly Finding[]): Promise<string | null> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: rows[0]?.campaignRecordId ?? '' },
    select: { currency: true },
  });
  return campaign?.currency ?? null;
}

export type Restoring = { findingId: string; answer: 'allow' | 'ask' | 'refuse' | 'shadow' | 'not_possible' };

/**
 * "Put ours back", through the gate like any change: policy judges it, and what raises spend comes as a card of its own.
 * Switches, daily budgets, the cap, the end and our stop rule can be put back; for anything else the answer says that it
 * cannot.
 * @throws AppError not_permitted, not_found
 */
export async function putOursBack(ctx: ServiceContext, input: Which): Promise<Restoring[]> {
  const open = await transact(ctx, async (tx, inner) => {
    const rows = await openFindings(tx, ctx, input.findingIds);
    await requireMay(inner, 'action.undo');
    return rows;
  });
  const results: Restoring[] = [];
  for (const row of open) results.push(await restore(ctx, row));
  return results;
}

/** One press, one action: found open, brought before policy and marked in one transaction, under the project's lock. */
async function restore(ctx: ServiceContext, asked: Finding): Promise<Restoring> {
  const findingId = asked.id;
  return transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, asked.projectId);
    const row = await tx.driftFinding.findFirst({ where: { workspaceId: ctx.workspaceId, id: findingId } });
    // Somebody else's press was first, or it shows ours again.
    if (row?.state !== 'OPEN') return { findingId, answer: 'not_possible' };
    const campaign = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: row.campaignRecordId },
      select: { currency: true, timezone: true },
    });
    if (!campaign) throw new AppError('not_found', { campaign: row.campaignRecordId });
    const action = restoringAction(row, campaign.currency);
    if (!action || !(await isStillOurs(tx, inner, row))) return { findingId, answer: 'not_possible' };
    await mirrorTheirs(tx, inner, row);
    const now = await workspaceNow(inner, tx);
    const day = dayIn(campaign.timezone, now);
    const { actionId, verdict } = await proposeAction(inner, {
      campaignRecordId: row.campaignRecordId,
      suggestion: { action, evidence: evidenceOf(day) },
      // A person may ask for it again, whatever became of it earlier on that day.
      day: `${day}:drift:${newRequestId()}`,
    });
    if (verdict.answer === 'refuse' || verdict.answer === 'shadow') return { findingId, answer: verdict.answer };
    await tx.driftFinding.updateMany({
      where: { workspaceId: ctx.workspaceId, id: row.id, state: 'OPEN' },
      data: { state: 'RESTORING', actionId, decidedBy: ctx.actor, decidedAt: now },
    });
    await recordDecision(tx, inner, row, 'RESTORING');
    return { findingId, answer: verdict.answer };
  });
}

/** What we wanted when it was found may not be what was decided since; then the finding is over. */
async function isStillOurs(tx: Tx, ctx: ServiceContext, row: Finding): Promise<boolean> {
  const { campaign, ours } = await loadOurs(tx, ctx, row.campaignRecordId);
  const object = campaign.objects.find((one) => one.level === row.level && one.remoteId === row.remoteId);
  const wanted = object ? leftAt(ours, object)?.[row.field] : undefined;
  if (wanted !== undefined && String(wanted) === String((row.ours as { value: unknown }).value)) return true;
  await tx.driftFinding.updateMany({
    where: { workspaceId: ctx.workspaceId, id: row.id, state: 'OPEN' },
    data: { state: 'GONE' },
  });
  return false;
}

type Restored = Pick<Finding, 'level' | 'localKey' | 'field' | 'ours' | 'theirs'>;

/** The action that brings a field back to ours; null where none can. Pure. */
export function restoringAction(row: Restored, currency: string): CampaignAction | null {
  const { value: ours } = row.ours as { value: unknown };
  const { value: theirs } = row.theirs as { value: unknown };
  if (row.field === 'status' && row.level === 'campaign')
    return ours === 'PAUSED' ? { kind: 'pause_campaign' } : { kind: 'resume_campaign' };
  if (row.field === 'status' && row.level === 'ad')
    return ours === 'PAUSED' ? { kind: 'pause_ad', adKey: row.localKey } : { kind: 'resume_ad', adKey: row.localKey };
  if (row.field === 'daily_budget' && row.level === 'adset' && isAmount(ours) && isAmount(theirs))
    return {
      kind: 'set_ad_set_budget',
      adSetKey: row.localKey,
      from: { minor: String(theirs), currency },
      to: { minor: String(ours), currency },
    };
  const guard = guardBack(row, currency);
  return guard && { kind: 'restore_guard', guard };
}

/** The platform's own guards go back to what they were last told. */
function guardBack(row: Restored, currency: string): GuardBack | null {
  const { value: ours } = row.ours as { value: unknown };
  const { value: theirs } = row.theirs as { value: unknown };
  if (row.field === 'spend_cap' && row.level === 'campaign' && isAmount(ours)) {
    const from = isAmount(theirs) ? { minor: String(theirs), currency } : null;
    return { what: 'spend_cap', from, to: { minor: String(ours), currency } };
  }
  if (row.field === 'stop_rule' && row.level === 'campaign' && isAmount(ours))
    return { what: 'stop_rule', to: { minor: String(ours), currency } };
  if (row.field === 'end_time' && row.level === 'adset' && typeof ours === 'string')
    return { what: 'end', adSetKey: row.localKey, from: typeof theirs === 'string' ? theirs : null, to: ours };
  return null;
}

function isAmount(value: unknown): boolean {
  return /^\d+$/.test(String(value)) && String(value) !== '0';
}

/** The gate plans from the mirror: it must know what stands there before it is asked to change it. */
async function mirrorTheirs(tx: Tx, ctx: ServiceContext, row: Finding): Promise<void> {
  const object = await tx.remoteObject.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: row.campaignRecordId,
      level: row.level,
      remoteId: row.remoteId,
    },
    include: { campaign: { select: { currency: true } } },
  });
  if (!object) return;
  const { value } = row.theirs as { value: unknown };
  if (row.field !== 'status' && (row.field !== 'daily_budget' || !isAmount(value))) return;
  const state = object.state as Record<string, unknown>;
  await tx.remoteObject.updateMany({
    where: { workspaceId: ctx.workspaceId, id: object.id },
    data:
      row.field === 'status'
        ? { status: String(value) }
        : { state: { ...state, dailyBudget: { minor: String(value), currency: object.campaign?.currency ?? '' } } },
  });
}

/** @throws AppError not_found when one of them is not open in this workspace */
async function openFindings(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Finding[]> {
  const rows = await tx.driftFinding.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids }, state: 'OPEN' },
  });
  if (rows.length === 0 || rows.length !== new Set(ids).size) throw new AppError('not_found', { findings: ids.length });
  return rows;
}

async function recordDecision(tx: Tx, ctx: ServiceContext, row: Finding, to: string): Promise<void> {
  await record(tx, ctx, {
    event: 'drift.settled',
    subject: { type: 'drift', id: row.id },
    projectId: row.projectId,
    payload: { campaignId: row.campaignRecordId, state: to },
    quiet: true,
    audit: {
      before: { state: 'OPEN', ours: JSON.stringify(row.ours), theirs: JSON.stringify(row.theirs) },
      after: { state: to },
      reason: { field: `${row.level}:${row.localKey}:${row.field}` },
    },
  });
}

function evidenceOf(day: string): Evidence {
  return {
    rule: 'owner-asked',
    facts: [],
    confidence: null,
    alternatives: [],
    wouldChange: [],
    since: day,
    until: day,
  };
}
