import type { CampaignAction, Evidence } from '../../domain/action';
import { predictionOf } from '../../domain/action-prediction';
import { gradeAction, type Stretch } from '../../domain/optimization/grading/grade-action';
import { addDays, dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lowerAutonomy } from './lower-autonomy';

/** Account days before and after an action that are compared, and days until the later ones are mature. */
const STRETCH = 7;
const MATURE = 7;
/** Actions judged in one go. */
const AT_ONCE = 25;
/** What the owner asked for, or the stop switch did, promised nothing about results. */
const NO_PROMISE = ['owner-asked', 'stop-site-down', 'stop-runaway-spend', 'stop-shop-broken', 'stop-over'];

/**
 * Judges every change that was carried out against its own prediction, once its days are mature: results per money of what
 * it touched, a week before and a week after, beside the rest of the account. Each is judged once. Where a kind of change
 * keeps missing its promises, what may be done alone is lowered.
 */
export async function gradeDueActions(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<{ graded: number }> {
  return transact(ctx, async (tx, inner) => {
    const due = await findDue(tx, inner, input.adAccountId);
    for (const action of due) await gradeOne(tx, inner, action);
    for (const projectId of new Set(due.map((action) => action.projectId)))
      await lowerAutonomy(tx, inner, { projectId });
    return { graded: due.length };
  });
}

type DueAction = {
  id: string;
  projectId: string;
  campaignRecordId: string;
  kind: string;
  action: unknown;
  evidence: unknown;
  occurredAt: Date;
  timezone: string;
};

async function findDue(tx: Tx, ctx: ServiceContext, adAccountId: string): Promise<DueAction[]> {
  const now = await workspaceNow(ctx, tx);
  const rows = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      state: 'DONE',
      undoOfId: null,
      campaign: { project: { adAccountId } },
      occurredAt: { lte: new Date(now.getTime() - (STRETCH + MATURE) * 86_400_000) },
    },
    orderBy: { occurredAt: 'desc' },
    take: 200,
    include: { campaign: { select: { timezone: true } } },
  });
  const known = await tx.actionGrade.findMany({
    where: { workspaceId: ctx.workspaceId, actionId: { in: rows.map(({ id }) => id) } },
    select: { actionId: true },
  });
  const judged = new Set(known.map(({ actionId }) => actionId));
  return rows
    .filter((row) => {
      const until = addDays(dayIn(row.campaign.timezone, row.occurredAt), STRETCH + MATURE);
      const rule = (row.evidence as { rule?: string } | null)?.rule ?? '';
      return !judged.has(row.id) && until < dayIn(row.campaign.timezone, now) && !NO_PROMISE.includes(rule);
    })
    .slice(0, AT_ONCE)
    .map(({ campaign, ...row }) => ({ ...row, timezone: campaign.timezone }));
}

async function gradeOne(tx: Tx, ctx: ServiceContext, row: DueAction): Promise<void> {
  const action = row.action as CampaignAction;
  const evidence = row.evidence as Evidence;
  const day = dayIn(row.timezone, row.occurredAt);
  const { touched, others, share } = await stretches(tx, ctx, { row, action, day });
  const predicted = predictionOf(action, evidence, share);
  const grade = gradeAction({ predicted, before: touched.before, after: touched.after, control: others });
  const graded = await tx.actionGrade.createMany({
    data: [
      {
        actionId: row.id,
        workspaceId: ctx.workspaceId,
        projectId: row.projectId,
        campaignRecordId: row.campaignRecordId,
        kind: row.kind,
        dueOn: new Date(addDays(day, STRETCH + MATURE)),
        gradedAt: await workspaceNow(ctx, tx),
        verdict: grade.verdict,
        confidence: evidence.confidence,
        ...(predicted ? { predicted } : {}),
        ...(grade.measured ? { measured: grade.measured } : {}),
        chanceHarmed: grade.chanceHarmed,
        evidence: { ...touched, control: others, share } as Prisma.InputJsonObject,
      },
    ],
    skipDuplicates: true,
  });
  if (graded.count === 0) return;
  await record(tx, ctx, {
    event: 'action.graded',
    subject: { type: 'action', id: row.id },
    projectId: row.projectId,
    payload: { verdict: grade.verdict },
    audit: { after: { verdict: grade.verdict, kind: row.kind } },
  });
}

type Both = { before: Stretch; after: Stretch };
type Sums = { touched: Both; others: Both | null; share: number };

/** Results and money of the ad sets an action touched and of the account's other ad sets, before and after it. */
async function stretches(
  tx: Tx,
  ctx: ServiceContext,
  input: { row: DueAction; action: CampaignAction; day: string },
): Promise<Sums> {
  const { row, action, day } = input;
  const objects = await tx.remoteObject.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: row.campaignRecordId, level: { in: ['adset', 'ad'] } },
    select: { level: true, localKey: true, remoteId: true, parentRemoteId: true, accountId: true },
  });
  const ad = 'adKey' in action ? objects.find((one) => one.level === 'ad' && one.localKey === action.adKey) : undefined;
  const keys = touchedAdSets(action);
  const home = objects.filter(
    (one) =>
      one.level === 'adset' && (ad ? one.remoteId === ad.parentRemoteId : keys === null || keys.includes(one.localKey)),
  );
  const facts = await tx.insightFact.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      platform: 'meta',
      breakdown: '',
      accountId: objects[0]?.accountId ?? '',
      OR: [{ level: 'adset' }, { level: 'ad', entityId: ad?.remoteId ?? '' }],
      day: { gte: new Date(addDays(day, -STRETCH)), lte: new Date(addDays(day, STRETCH)) },
    },
    select: { level: true, entityId: true, day: true, spendMinor: true, results: true, clicks: true },
  });
  const tracked = facts.some((fact) => fact.results !== null);
  const sum = (isWanted: (fact: (typeof facts)[number]) => boolean): Both => {
    const both: Both = { before: { results: 0, spendMinor: 0 }, after: { results: 0, spendMinor: 0 } };
    for (const fact of facts.filter(isWanted)) {
      const on = fact.day.toISOString().slice(0, 10);
      // The day itself belongs to neither.
      if (on === day) continue;
      const stretch = on < day ? both.before : both.after;
      stretch.spendMinor += Number(fact.spendMinor);
      stretch.results += tracked ? (fact.results ?? 0) : fact.clicks;
    }
    return both;
  };
  const ours = new Set(home.map(({ remoteId }) => remoteId));
  const touched = sum((fact) => fact.level === 'adset' && ours.has(fact.entityId));
  const others = sum((fact) => fact.level === 'adset' && !ours.has(fact.entityId));
  const own = sum((fact) => fact.level === 'ad').before.spendMinor;
  const isControl = others.before.spendMinor > 0 && others.after.spendMinor > 0;
  return {
    touched,
    others: isControl ? others : null,
    share: touched.before.spendMinor > 0 ? own / touched.before.spendMinor : 0,
  };
}

/** Local keys of the ad sets an action is about; null for the whole campaign. */
function touchedAdSets(action: CampaignAction): string[] | null {
  if (action.kind === 'set_ad_set_budget') return [action.adSetKey];
  return action.kind === 'shift_budget' ? action.moves.map((move) => move.adSetKey) : null;
}
