import { randomUUID } from 'node:crypto';
import type { AdTestTerms } from '../../domain/ad-test';
import {
  type AdTestPlan,
  areEqualBudgets,
  type Compared,
  MATURE_DAYS,
  planAdTest,
} from '../../domain/optimization/experiments/ad-test';
import type { OptimizationEvidence } from '../../domain/optimization/types';
import { addDays, dayIn } from '../../domain/time';
import { readerFor } from '../../platforms/registry-readers';
import type { Tx } from '../../runtime/db';
import { planNames } from '../actions/subject-name';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { gatherEvidence } from '../monitor/evidence';
import type { CampaignKnown } from '../mutations/campaign-state';
import { daysOfTest } from '../mutations/keep-test';
import { equalMoves } from './equal-budgets';
import { livingAds, runningCampaign, wish } from './running';

export type TestWish = {
  projectId: string;
  campaignId: string | null;
  compare: 'ads' | 'groups';
  /** Ads or groups by their number in the owner's order ("1", "-1" the last) or a part of their name; absent: all that run. */
  named?: readonly string[];
  question: string | null;
  /** Whether the owner asked for it, or it is a suggestion. */
  by: 'owner' | 'agent';
};
export type TestWished =
  | { test: AdTestTerms; names: string[]; actionId: string }
  /** `days`: how long it would take at this pace; null = never, or not known. `names`: what could not be found. */
  | { refused: string; days: number | null; names?: string[]; reasons?: string[] };

/**
 * A comparison before the owner on a card that says what it compares, what it could see and by when, and what it costs
 * (nothing more). One that is too small to see anything is refused, with the time it would take. Nothing starts before the press.
 * @throws AppError platform_*, facebook_not_connected
 */
export async function wishTest(ctx: ServiceContext, input: TestWish): Promise<TestWished> {
  const campaign = await runningCampaign(ctx, input);
  if (!campaign) return refusal('nothing_runs');
  if (campaign.status !== 'ACTIVE') return refusal('not_running');
  const found = armsNamed(campaign, input);
  if ('missing' in found) return { ...refusal('not_an_ad_yet'), names: found.missing };
  const seen = await look(ctx, campaign);
  if (seen.runs) return refusal('runs_already');
  if (!seen.evidence) return refusal('not_running');
  const compared: Compared = {
    level: input.compare === 'ads' ? 'ad' : 'adset',
    ...(found.keys ? { arms: found.keys } : {}),
  };
  const planned = planAdTest(seen.evidence, compared);
  if ('refused' in planned) return { refused: planned.refused, days: planned.days };
  const moves = await equalBudgets(seen.evidence, planned.plan);
  if (!moves) return refusal('budgets_cannot_be_halved');
  const drawnBy =
    planned.plan.level === 'adset' && !seen.drawRefused ? await drawnByWhom(ctx, input.projectId) : 'platform';
  const test = termsOf(planned.plan, { question: input.question, today: seen.today, moves, drawnBy });
  const wished = await wish(ctx, {
    campaign,
    action: { kind: 'start_test', test },
    rule: input.by === 'owner' ? 'owner-asked' : 'test-proposed',
  });
  if (!wished.ready)
    return { ...refusal(wished.problem), reasons: (wished.details.reasons as string[] | undefined) ?? [] };
  const names = planNames(campaign.plan);
  return { test, names: test.arms.map((key) => names[key] ?? key), actionId: wished.actionId };
}

const refusal = (refused: string) => ({ refused, days: null });

async function look(
  ctx: ServiceContext,
  campaign: CampaignKnown,
): Promise<{ today: string; runs: boolean; drawRefused: boolean; evidence: OptimizationEvidence | null }> {
  return transact(ctx, async (tx, inner) => {
    const today = dayIn(campaign.timezone, await workspaceNow(inner, tx));
    const open = await tx.adTest.count({
      where: {
        workspaceId: ctx.workspaceId,
        campaignRecordId: campaign.id,
        OR: [{ state: 'RUNNING' }, { studyId: { not: null }, studyEndedAt: null }],
      },
    });
    const drawRefused = await wasDrawRefused(tx, inner, campaign.id);
    const evidence = await gatherEvidence(tx, inner, {
      campaignRecordId: campaign.id,
      today,
      pulledOn: today,
      lastDecidedOn: null,
    });
    return { today, runs: open > 0, drawRefused, evidence };
  });
}

/** Where the platform refused to make a draw that it seemed to hold, the next card is the labelled comparison without one. */
async function wasDrawRefused(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<boolean> {
  const failed = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId, kind: 'start_test', state: 'FAILED' },
    select: { id: true },
  });
  const refused = await tx.remoteEffect.count({
    where: {
      workspaceId: ctx.workspaceId,
      kind: 'create_draw',
      state: 'FAILED',
      actionId: { in: failed.map(({ id }) => id) },
    },
  });
  return refused > 0;
}

async function drawnByWhom(ctx: ServiceContext, projectId: string): Promise<AdTestTerms['drawnBy']> {
  const { access } = await accessFor(ctx, { projectId });
  const may = await readerFor(access.platform).mayDraw(access);
  return may.yes ? 'lot' : 'platform';
}

/** Keys of what the owner named; null where nothing was named. */
function armsNamed(campaign: CampaignKnown, input: TestWish): { keys: string[] | null } | { missing: string[] } {
  const wanted = input.named ?? [];
  if (wanted.length === 0) return { keys: null };
  const there =
    input.compare === 'ads'
      ? livingAds(campaign).map(({ key, headline, primaryText }) => ({ key, says: `${headline}\n${primaryText}` }))
      : campaign.plan.adSets.map(({ key, name }) => ({ key, says: name }));
  const missing: string[] = [];
  const keys = wanted.flatMap((name) => {
    const number = /^-?\d+$/.test(name) ? Number(name) : null;
    const hit =
      number === null
        ? there.find(({ says }) => says.toLowerCase().includes(name.trim().toLowerCase()))
        : there.at(number > 0 ? number - 1 : number);
    if (!hit) missing.push(name);
    return hit ? [hit.key] : [];
  });
  return missing.length > 0 ? { missing } : { keys: [...new Set(keys)] };
}

async function equalBudgets(evidence: OptimizationEvidence, plan: AdTestPlan): Promise<AdTestTerms['moves'] | null> {
  if (plan.level === 'ad') return [];
  const groups = evidence.adSets.filter(({ key }) => plan.arms.includes(key));
  const [one, other] = groups;
  if (!one || !other) return null;
  if (areEqualBudgets(BigInt(one.dailyBudget.minor), BigInt(other.dailyBudget.minor))) return [];
  return equalMoves(one, other);
}

function termsOf(
  plan: AdTestPlan,
  more: Pick<AdTestTerms, 'question' | 'moves' | 'drawnBy'> & { today: string },
): AdTestTerms {
  const { level, adSetKey, arms, measure, wantedLift, days, detectableLift, baseRate, exposurePerDay } = plan;
  const { to } = daysOfTest({ level, days }, more.today);
  return {
    id: randomUUID(),
    level,
    drawnBy: more.drawnBy,
    arms,
    adSetKey,
    measure,
    question: more.question,
    seesPercent: Math.round(wantedLift * 100),
    days,
    answerBy: measure === 'results' ? addDays(to, MATURE_DAYS) : to,
    sizing: {
      detectableLift: rounded(detectableLift),
      baseRate: rounded(baseRate),
      exposurePerDay: rounded(exposurePerDay),
    },
    moves: more.moves,
  };
}

/** Six figures are more than was counted. */
function rounded<Value extends number | null>(value: Value): Value {
  return (value === null ? null : Number(value.toPrecision(6))) as Value;
}
