import { AppError } from '../../domain/errors';
import { presetsOf } from '../../domain/optimization/preset-decisions';
import type { Snapshot, Suggestions } from '../../domain/optimization/types';
import { addDays, dayIn } from '../../domain/time';
import { evaluatePerformance } from '../../optimization';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { type WatchedCampaign, watchedAccount } from '../insights/watched';
import { askTogether } from '../mutations/ask-together';
import { executeAction } from '../mutations/execute';
import { proposeAction } from '../mutations/propose';
import { type DecidedToday, decideBetweenCampaigns } from './decide-between';
import { heldDecisions } from './engine-state';
import { gatherEvidence } from './evidence';
import { lastPulledSlot } from './slot';

type Outcome = { kind: string; actionId: string; answer: string };

/**
 * Decides what to do with every running campaign of an account, at most once per account day and only on the numbers of
 * complete days. Each suggestion is judged by policy; what may run alone is carried out here, the rest waits as a card.
 * The caller holds the account.
 */
export async function decideForAccount(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<{ decided: number }> {
  const { open, left } = await transact(ctx, async (tx, inner) => {
    const open = await openDecisions(tx, inner, input.adAccountId);
    return { open, left: open.length === 0 ? await unaskedProjects(inner, input.adAccountId) : null };
  });
  const decided: DecidedToday[] = [];
  for (const one of open) {
    const outcomes = await decideForCampaign(ctx, one);
    if (outcomes) decided.push({ ...one, hasChanged: outcomes.length > 0 });
  }
  await decideBetweenCampaigns(ctx, { decided });
  for (const projectId of left ?? (await unaskedProjects(ctx, input.adAccountId)))
    await askTogether(ctx, { projectId });
  return { decided: decided.length };
}

/** Projects of the account with something that was judged "ask" and stands on no card yet: of this run, or one that crashed. */
async function unaskedProjects(ctx: ServiceContext, adAccountId: string): Promise<string[]> {
  const rows = await transact(ctx, (tx) =>
    tx.campaignActionRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: 'WAITING',
        approvalId: null,
        campaign: { project: { adAccountId } },
      },
      distinct: ['projectId'],
      select: { projectId: true },
    }),
  );
  return rows.map(({ projectId }) => projectId);
}

type Open = { campaign: WatchedCampaign; today: string; pulledOn: string };

/** Running campaigns on which nothing was decided yet on the account's current day. */
async function openDecisions(tx: Tx, ctx: ServiceContext, adAccountId: string): Promise<Open[]> {
  const account = await watchedAccount(ctx, { adAccountId });
  if (!account) return [];
  const now = await workspaceNow(ctx, tx);
  const pulled = await lastPulledSlot(ctx, { adAccountId, before: new Date(now.getTime() + 1) });
  const today = dayIn(account.timezone, now);
  // Yesterday is not complete before something was pulled today: the day stays open.
  if (!pulled || dayIn(account.timezone, pulled) !== today) return [];
  const running = account.campaigns.filter(({ status }) => status === 'ACTIVE');
  const done = await tx.decisionRun.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: { in: running.map(({ id }) => id) },
      day: new Date(today),
      state: 'DONE',
    },
    select: { campaignRecordId: true },
  });
  return running
    .filter(({ id }) => !done.some((row) => row.campaignRecordId === id))
    .map((campaign) => ({ campaign, today, pulledOn: today }));
}

/** What was suggested and what policy said; null where the day was decided already. */
async function decideForCampaign(ctx: ServiceContext, input: Open): Promise<Outcome[] | null> {
  const { campaign, today } = input;
  const key = { campaignRecordId_day: { campaignRecordId: campaign.id, day: new Date(today) } };
  const suggestions = await transact(ctx, async (tx, inner): Promise<Suggestions | null> => {
    await tx.decisionRun.createMany({
      data: [{ workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, day: new Date(today) }],
      skipDuplicates: true,
    });
    // Another decision of the same day waits here; one that crashed half-way is made again, its proposals are not doubled.
    const rows = await tx.$queryRaw<{ state: string }[]>`
      SELECT "state" FROM "DecisionRun" WHERE "campaignRecordId" = ${campaign.id} AND "day" = ${today}::date FOR UPDATE`;
    if (rows[0]?.state !== 'RUNNING') return null;
    return suggest(tx, inner, input);
  });
  if (suggestions === null) return null;
  const outcomes: Outcome[] = [];
  for (const suggestion of [...suggestions.autonomousActions, ...suggestions.approvalActions]) {
    const { actionId, verdict } = await proposeAction(ctx, {
      campaignRecordId: campaign.id,
      suggestion,
      day: today,
      by: 'caller',
      asks: 'together',
    });
    outcomes.push({ kind: suggestion.action.kind, actionId, answer: verdict.answer });
    if (verdict.answer === 'allow') await carryOut(ctx, actionId);
  }
  await transact(ctx, (tx) =>
    tx.decisionRun.update({
      where: key,
      data: { state: 'DONE', outcome: { suggested: outcomes }, finishedAt: new Date() },
    }),
  );
  return outcomes;
}

async function suggest(tx: Tx, ctx: ServiceContext, input: Open): Promise<Suggestions | null> {
  const { campaign, today, pulledOn } = input;
  const earlier = await tx.decisionRun.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, state: 'DONE', day: { lt: new Date(today) } },
    orderBy: { day: 'desc' },
    select: { day: true },
  });
  const evidence = await gatherEvidence(tx, ctx, {
    campaignRecordId: campaign.id,
    today,
    pulledOn,
    lastDecidedOn: earlier ? earlier.day.toISOString().slice(0, 10) : null,
  });
  const engine = await tx.engineState.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, decidedFor: new Date(today) },
    select: { decisions: true },
  });
  const rows = await tx.performanceSnapshot.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      day: { lte: new Date(addDays(pulledOn, -1)) },
    },
    orderBy: { day: 'desc' },
    take: 2,
  });
  const [snapshot, previous] = rows.map(
    (row): Snapshot => ({
      day: row.day.toISOString().slice(0, 10),
      currency: row.currency,
      spendMinor: row.spendMinor,
      impressions: row.impressions,
      clicks: row.clicks,
      landingPageViews: null,
      results: row.results,
      valueMinor: row.valueMinor,
    }),
  );
  if (!evidence || !snapshot) return { autonomousActions: [], approvalActions: [] };
  return evaluatePerformance(
    snapshot,
    previous ?? null,
    { id: campaign.id, status: campaign.status, currency: campaign.currency },
    {
      ...evidence,
      decisions: engine ? heldDecisions.parse(engine.decisions) : [],
      frequency: presetsOf(evidence).length > 0 ? await weekFrequency(tx, ctx, campaign) : null,
    },
  );
}

/** Showings per person of the last week the platform was asked about. */
async function weekFrequency(tx: Tx, ctx: ServiceContext, campaign: WatchedCampaign): Promise<number | null> {
  const window = await tx.insightWindow.findFirst({
    where: { workspaceId: ctx.workspaceId, platform: 'meta', entityId: campaign.remoteId },
    orderBy: [{ until: 'desc' }, { since: 'desc' }],
    select: { reach: true, impressions: true },
  });
  return window && window.reach > 0 ? window.impressions / window.reach : null;
}

/** The gate records what became of it and the queue tries again what can be tried: one failure stops no other decision. */
async function carryOut(ctx: ServiceContext, actionId: string): Promise<void> {
  try {
    await executeAction(ctx, { actionId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, action: actionId }, 'an allowed action was not carried out yet');
  }
}
