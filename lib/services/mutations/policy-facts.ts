import { type CampaignAction, type Evidence, movesOf, subjectOf, type Verdict } from '../../domain/action';
import type { BudgetMove } from '../../domain/ad-test';
import { movedMinor } from '../../domain/campaign-move';
import type { Envelope } from '../../domain/plan';
import type { PolicyActor, PolicyInput, PolicyRole } from '../../domain/policy';
import { addDays, dayIn, daysBetween, timeIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { hasOpenAlarm } from '../monitor/alarms';
import { spentBetween } from '../pacing/account-month';
import { dailyRunning } from '../pacing/daily-running';
import { readMonth } from '../pacing/month';
import { stopInForce } from '../stops/in-force';
import { memberRole } from '../workspaces/require-may';
import { type CampaignKnown, runningBudgets } from './campaign-state';
import { guardsLeft, isAsLeft } from './guards-left';
import { secondOf } from './second-of-move';

const HOUR_MS = 3_600_000;
/** Business hours within which the account must have been pulled for a decision to rest on its numbers. */
const FRESH_HOURS = 9;

type Question = {
  campaign: CampaignKnown;
  action: CampaignAction;
  evidence: Evidence | null;
  actor: PolicyActor;
  exceptActionId?: string;
};
type Past = {
  id: string;
  campaignRecordId: string;
  action: unknown;
  state: string;
  approvalId: string | null;
  undoOfId: string | null;
  verdict: unknown;
  occurredAt: Date;
  executedAt: Date | null;
};

/** Gathers what policy judges by, from our own tables: limits in force, money, history, health. */
export async function gatherPolicyInput(
  tx: Tx,
  ctx: ServiceContext,
  question: Question,
): Promise<PolicyInput & { policyVersion: number | null }> {
  const { campaign, action, evidence, actor } = question;
  const now = await workspaceNow(ctx, tx);
  const today = dayIn(campaign.timezone, now);
  const scope = { workspaceId: ctx.workspaceId, projectId: campaign.projectId };
  const policy = await tx.policyVersion.findFirst({ where: scope, orderBy: { version: 'desc' } });
  const past: Past[] = await tx.campaignActionRecord.findMany({
    where: {
      ...scope,
      state: { in: ['DONE', 'UNDONE', 'EXECUTING'] },
      ...(question.exceptActionId ? { id: { not: question.exceptActionId } } : {}),
    },
    orderBy: { occurredAt: 'asc' },
  });
  const other = action.kind === 'shift_campaigns' ? await secondOf(tx, ctx, { campaign, action, actor }) : null;
  const alone = past.filter((row) => row.approvalId === null && row.undoOfId === null);
  const endOfMonth = addDays(`${today.slice(0, 7)}-01`, 31).slice(0, 7);
  const daysLeftInMonth = daysBetween(today, `${endOfMonth}-01`);
  return {
    action,
    actor,
    envelope: (policy?.envelope as Envelope | undefined) ?? campaign.plan.envelope,
    specialAdCategories: campaign.plan.specialAdCategories,
    policyVersion: policy?.version ?? null,
    today: { changesMade: alone.filter((row) => dayIn(campaign.timezone, row.occurredAt) === today).length },
    campaign: {
      id: campaign.id,
      dailyBudgetsMinor: runningBudgets(campaign),
      otherBudgetsMinor: other ? runningBudgets(other) : null,
      monthSpentMinor: await spentBetween(tx, ctx, {
        campaignRecordId: campaign.id,
        since: `${today.slice(0, 7)}-01`,
        before: addDays(today, 1),
      }),
      reservedMinor:
        (await promisedToOthers(tx, ctx, campaign)) + reserved(past, campaign.id) * BigInt(daysLeftInMonth),
      // Raises of its own that are on their way run beside it just as well.
      othersDailyMinor:
        (await dailyRunning(tx, ctx, { projectId: campaign.projectId, except: campaign.id })) +
        reserved(past, campaign.id),
      daysLeftInMonth,
    },
    facts: {
      confidence: evidence?.confidence ?? null,
      deliveringAds: deliveringBeside(campaign, action),
      alarm: await hasOpenAlarm(tx, ctx, campaign.projectId),
      pausedByUs: pausedByUs(campaign, action, actor, past),
      guardIsOurs: action.kind === 'restore_guard' && isAsLeft(action.guard, await guardsLeft(tx, ctx, campaign)),
      reserveApproved: reserveApproved(campaign, action, past),
      dataFresh: await wasPulledSince(tx, ctx, campaign.projectId, new Date(now.getTime() - FRESH_HOURS * HOUR_MS)),
      hoursSinceLastChange: hoursSinceChange({ campaignRecordId: campaign.id, action }, past, now),
      movedPercent7Days: movedPercent(alone, other ? [campaign, other] : [campaign], addDays(today, -7)),
      raisedPercent7Days: raisedPercent(past, campaign, addDays(today, -7)),
      ownerHour: Number(timeIn(await ownerZone(tx, ctx, campaign.projectId), now).slice(0, 2)),
      stopped:
        (await isQuarantined(tx, ctx, campaign.projectId)) || (await stopInForce(tx, ctx, campaign.projectId)) !== null,
      runningTests: await runningTests(tx, ctx, campaign.id, past),
    },
  };
}

/** Comparisons that run or whose draw still stands at the platform, and those a press is just starting. */
async function runningTests(tx: Tx, ctx: ServiceContext, campaignRecordId: string, past: readonly Past[]) {
  const rows = await tx.adTest.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId,
      OR: [{ state: 'RUNNING' }, { studyId: { not: null }, studyEndedAt: null }],
    },
    select: { id: true, level: true, arms: true },
  });
  const starting = past.flatMap((row) => {
    const action = row.action as CampaignAction;
    return row.state === 'EXECUTING' && row.campaignRecordId === campaignRecordId && action.kind === 'start_test'
      ? [action.test]
      : [];
  });
  return [...rows, ...starting].map(({ id, level, arms }) => ({ id, level: level as 'ad' | 'adset', arms }));
}

/** What this person may do in the workspace; someone who is no member may only read. */
export async function roleOf(tx: Tx, ctx: ServiceContext): Promise<PolicyRole> {
  return (await memberRole(tx, ctx))?.role ?? 'analyst';
}

/** What everything else of the project may cost this month at most: a limit is one for all campaigns together. */
async function promisedToOthers(tx: Tx, ctx: ServiceContext, campaign: CampaignKnown): Promise<bigint> {
  const month = await readMonth(tx, ctx, campaign.projectId);
  if (!month) return 0n;
  const where = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, month: month.month };
  const own = await tx.monthShare.findFirst({ where, select: { committedMinor: true } });
  const held = await tx.monthReservation.aggregate({
    where: { ...where, state: { in: ['HELD', 'SPENDING'] } },
    _sum: { amountMinor: true },
  });
  const carried = own ? own.committedMinor : (month.carried.get(campaign.id) ?? 0n);
  const others = month.committedMinor + month.reservedMinor - carried - (held._sum.amountMinor ?? 0n);
  return others > 0n ? others : 0n;
}

/** Raises that were approved and are being carried out: their money is promised already. Per day. */
function reserved(past: readonly Past[], campaignRecordId: string): bigint {
  return past
    .filter((row) => row.state === 'EXECUTING' && row.campaignRecordId === campaignRecordId)
    .reduce((sum, row) => {
      const action = row.action as CampaignAction;
      if (action.kind !== 'set_ad_set_budget') return sum;
      const change = BigInt(action.to.minor) - BigInt(action.from.minor);
      return change > 0n ? sum + change : sum;
    }, 0n);
}

function deliveringBeside(campaign: CampaignKnown, action: CampaignAction): number {
  const ads = campaign.objects.filter((object) => object.level === 'ad');
  const home = 'adKey' in action ? ads.find((ad) => ad.localKey === action.adKey)?.parentRemoteId : null;
  return ads.filter((ad) => ad.effectiveStatus === 'ACTIVE' && (home === null || ad.parentRemoteId === home)).length;
}

/** By us and nobody's wish: what an owner had paused (by a card, or the emergency stop) is the owner's to bring back. */
function pausedByUs(
  campaign: CampaignKnown,
  action: CampaignAction,
  actor: PolicyActor,
  past: readonly Past[],
): boolean {
  if (action.kind !== 'resume_ad' && action.kind !== 'resume_campaign') return false;
  const subject = subjectOf(action);
  const level = action.kind === 'resume_ad' ? 'ad' : 'campaign';
  const mirrored = campaign.objects.find((object) => object.level === level && object.localKey === subject);
  const switched = past.filter(
    (row) =>
      row.state !== 'EXECUTING' &&
      isSwitch(row.action as CampaignAction) &&
      subjectOf(row.action as CampaignAction) === subject,
  );
  const row = switched.at(-1);
  const last = row?.action as CampaignAction | undefined;
  if (row && actor.type === 'engine' && wasOwnersWish(row)) return false;
  return mirrored?.status === 'PAUSED' && (last?.kind === 'pause_ad' || last?.kind === 'pause_campaign');
}

function wasOwnersWish(row: Past): boolean {
  return row.approvalId !== null || (row.verdict as Verdict).reasons.includes('owner_asked');
}

function isSwitch(action: CampaignAction): boolean {
  return ['pause_ad', 'resume_ad', 'pause_campaign', 'resume_campaign'].includes(action.kind);
}

function reserveApproved(campaign: CampaignKnown, action: CampaignAction, past: readonly Past[]): boolean {
  if (action.kind !== 'swap_creative') return false;
  const home = campaign.plan.adSets.find((adSet) => adSet.ads.some((ad) => ad.key === action.adKey));
  // Back to the ad's own first creative is as approved as the plan it came with.
  if (action.reserveKey === action.adKey) return home !== undefined;
  const used = past.some((row) => {
    const earlier = row.action as CampaignAction;
    return row.state !== 'UNDONE' && earlier.kind === 'swap_creative' && earlier.reserveKey === action.reserveKey;
  });
  return !used && (home?.reserves.some((reserve) => reserve.key === action.reserveKey) ?? false);
}

function hoursSinceChange(asked: Touching, past: readonly Past[], now: Date): number | null {
  const keys = touched(asked);
  const last = past.filter((row) => row.executedAt && touched(row).some((key) => keys.includes(key))).at(-1);
  return last?.executedAt ? (now.getTime() - last.executedAt.getTime()) / HOUR_MS : null;
}

type Touching = { campaignRecordId: string; action: unknown };

/** What an action is about; local keys mean something only within their campaign. */
function touched({ campaignRecordId, action }: Touching): string[] {
  const done = action as CampaignAction;
  const within = (id: string, moves: readonly BudgetMove[]) => moves.map((move) => `${id}:${move.adSetKey}`);
  if (done.kind === 'shift_campaigns')
    return [...within(campaignRecordId, done.moves), ...within(done.other.campaignId, done.other.moves)];
  const moves = movesOf(done);
  return moves.length > 0 ? within(campaignRecordId, moves) : [`${campaignRecordId}:${subjectOf(done)}`];
}

function movedPercent(alone: readonly Past[], campaigns: readonly CampaignKnown[], since: string): number {
  const [campaign] = campaigns;
  const total = campaigns.flatMap((one) => Object.values(runningBudgets(one))).reduce((sum, minor) => sum + minor, 0n);
  if (total === 0n || !campaign) return 0;
  const moved = alone
    .filter((row) => dayIn(campaign.timezone, row.occurredAt) > since)
    .reduce((sum, row) => {
      const action = row.action as CampaignAction;
      if (action.kind === 'shift_campaigns') return sum + movedMinor(action);
      if (action.kind !== 'shift_budget') return sum;
      return action.moves.reduce((raised, move) => {
        const change = BigInt(move.to.minor) - BigInt(move.from.minor);
        return change > 0n ? raised + change : raised;
      }, sum);
    }, 0n);
  return Number((moved * 100n + total - 1n) / total);
}

/** Raises of this campaign within a week, share of what it spends a day now; those on their way count. */
function raisedPercent(past: readonly Past[], campaign: CampaignKnown, since: string): number {
  const total = Object.values(runningBudgets(campaign)).reduce((sum, minor) => sum + minor, 0n);
  if (total === 0n) return 0;
  const raised = past
    .filter((row) => row.campaignRecordId === campaign.id && row.state !== 'UNDONE')
    .filter((row) => dayIn(campaign.timezone, row.occurredAt) > since)
    .reduce((sum, row) => {
      const action = row.action as CampaignAction;
      if (action.kind !== 'set_ad_set_budget') return sum;
      const change = BigInt(action.to.minor) - BigInt(action.from.minor);
      return change > 0n ? sum + change : sum;
    }, 0n);
  return Number((raised * 100n) / total);
}

async function ownerZone(tx: Tx, ctx: ServiceContext, projectId: string): Promise<string> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { timezone: true },
  });
  return project?.timezone ?? 'UTC';
}

async function wasPulledSince(tx: Tx, ctx: ServiceContext, projectId: string, since: Date): Promise<boolean> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { adAccountId: true },
  });
  const run = await tx.monitorRun.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      adAccountId: project?.adAccountId ?? '',
      slot: { gte: since },
      state: { in: ['DONE', 'RUNNING'] },
    },
    select: { id: true },
  });
  return run !== null;
}

async function isQuarantined(tx: Tx, ctx: ServiceContext, projectId: string): Promise<boolean> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { adAccount: { select: { connection: { select: { status: true } } } } },
  });
  return project?.adAccount?.connection.status === 'QUARANTINED';
}
