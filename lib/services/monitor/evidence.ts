import type { CampaignAction } from '../../domain/action';
import { budgetMovesIn } from '../../domain/campaign-move';
import { type MoneyJson, moneyToJson } from '../../domain/money';
import type { AdDay, AdSetState, AdState, OptimizationEvidence, PastAction } from '../../domain/optimization/types';
import type { Envelope, Plan, PlanAdSet } from '../../domain/plan';
import { addDays, dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { readBrief } from '../briefs/read';
import type { ServiceContext } from '../context';
import { hasOpenAlarm, spoiledDays } from './alarms';

type CampaignRow = NonNullable<Awaited<ReturnType<typeof findCampaign>>>;
type ActionRow = Awaited<ReturnType<typeof findActions>>[number];
type RemoteRow = CampaignRow['remoteObjects'][number];

function findCampaign(tx: Tx, workspaceId: string, id: string) {
  return tx.campaignRecord.findFirst({
    where: { workspaceId, id },
    include: {
      remoteObjects: { where: { level: { in: ['adset', 'ad'] } } },
      project: { select: { adAccount: { select: { minDailyBudgetMinor: true } } } },
    },
  });
}

function findActions(tx: Tx, workspaceId: string, campaignRecordId: string) {
  return tx.campaignActionRecord.findMany({
    // An Undo is no decision of the engine's: the action it took back says so itself.
    where: { workspaceId, undoOfId: null, OR: [{ campaignRecordId }, { otherCampaignId: campaignRecordId }] },
    orderBy: { occurredAt: 'asc' },
    select: { action: true, state: true, occurredAt: true },
  });
}

/**
 * Everything the engine may rest a decision on, from our own tables alone: ad-level days up to the last complete one, what
 * delivers now, what was done before, the approved limits. Null where the campaign has no approved plan.
 */
export async function gatherEvidence(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRecordId: string; today: string; pulledOn: string; lastDecidedOn: string | null },
): Promise<OptimizationEvidence | null> {
  const campaign = await findCampaign(tx, ctx.workspaceId, input.campaignRecordId);
  const plan = campaign?.structure as Plan | null | undefined;
  if (!campaign || !plan) return null;
  const actions = await findActions(tx, ctx.workspaceId, campaign.id);
  const policy = await tx.policyVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId: campaign.projectId },
    orderBy: { version: 'desc' },
    select: { envelope: true },
  });
  const brief = await readBrief({ ...ctx, tx }, { projectId: campaign.projectId });
  const dataThrough = addDays(input.pulledOn, -1);
  const tests = await tx.adTest.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, state: 'RUNNING' },
    select: { level: true, arms: true },
  });
  const spoiled = await spoiledDays(tx, ctx, campaign.projectId);
  const days = await adDays(tx, ctx.workspaceId, campaign.remoteObjects, { through: dataThrough, spoiled });
  const minimum = campaign.project.adAccount?.minDailyBudgetMinor ?? null;
  const launchDay = campaign.launchedAt ? dayIn(campaign.timezone, campaign.launchedAt) : input.today;
  const seen: Seen = { remote: campaign.remoteObjects, days, actions, zone: campaign.timezone, launchDay };
  return {
    today: input.today,
    dataThrough,
    lastDecidedOn: input.lastDecidedOn,
    seed: Number.parseInt(sha256Hex(`${campaign.id}:${input.today}`).slice(0, 8), 16),
    goal: plan.goal,
    resultValue: brief?.draft.customerValue ?? null,
    marginPercent: brief?.draft.marginPercent ?? null,
    projection: plan.projection,
    envelope: (policy?.envelope as Envelope | undefined) ?? plan.envelope,
    adSets: plan.adSets.map((adSet) => adSetState(adSet, seen)),
    pastActions: actions.map((row) => pastAction(row, campaign.id, campaign.timezone)),
    minDailyBudget: minimum === null ? null : moneyToJson({ minor: minimum, currency: campaign.currency }),
    alarm: await hasOpenAlarm(tx, ctx, campaign.projectId),
    ...heldBy(tests, plan),
  };
}

/** Ads and groups under a running comparison. A group is compared with the ads it has, so they are held as well. */
function heldBy(
  tests: readonly { level: string; arms: string[] }[],
  plan: Plan,
): Pick<OptimizationEvidence, 'heldAds' | 'heldAdSets'> {
  const keys = (level: string) => tests.flatMap((test) => (test.level === level ? test.arms : []));
  const heldAdSets = keys('adset');
  const inside = plan.adSets.flatMap(({ key, ads }) => (heldAdSets.includes(key) ? ads.map((ad) => ad.key) : []));
  return { heldAds: [...keys('ad'), ...inside], heldAdSets };
}

type Seen = { remote: RemoteRow[]; days: Map<string, AdDay[]>; actions: ActionRow[]; zone: string; launchDay: string };

async function adDays(
  tx: Tx,
  workspaceId: string,
  remote: RemoteRow[],
  { through, spoiled }: { through: string; spoiled: ReadonlySet<string> },
): Promise<Map<string, AdDay[]>> {
  const ids = remote.filter((object) => object.level === 'ad').map((object) => object.remoteId);
  const facts = await tx.insightFact.findMany({
    where: {
      workspaceId,
      platform: 'meta',
      level: 'ad',
      breakdown: '',
      entityId: { in: ids },
      day: { lte: new Date(through) },
    },
    orderBy: { day: 'asc' },
  });
  const days = new Map<string, AdDay[]>();
  // Days on which nothing could be counted, or sold, say nothing about an ad.
  const sound = facts.filter(({ day }) => !spoiled.has(day.toISOString().slice(0, 10)));
  for (const { entityId, day, spendMinor, impressions, clicks, landingPageViews, results, valueMinor } of sound) {
    const row: AdDay = {
      day: day.toISOString().slice(0, 10),
      spendMinor,
      impressions,
      clicks,
      landingPageViews,
      results,
      valueMinor,
    };
    days.set(entityId, [...(days.get(entityId) ?? []), row]);
  }
  return days;
}

function adSetState(adSet: PlanAdSet, seen: Seen): AdSetState {
  const mirrored = seen.remote.find((object) => object.level === 'adset' && object.localKey === adSet.key);
  const budget = (mirrored?.state as { dailyBudget?: MoneyJson | null } | null)?.dailyBudget ?? adSet.dailyBudget;
  const used = new Set(swaps(seen.actions).map((swap) => swap.action.reserveKey));
  return {
    key: adSet.key,
    dailyBudget: budget,
    ads: adSet.ads.filter(({ key }) => !isGone(key, seen)).map((ad) => adState(ad.key, seen)),
    reserves: adSet.reserves.map((reserve) => reserve.key).filter((key) => !used.has(key)),
    isPaused: mirrored?.status === 'PAUSED' || mirrored?.status === 'DELETED',
  };
}

function isGone(adKey: string, seen: Seen): boolean {
  return seen.remote.some(
    ({ level, localKey, status }) => level === 'ad' && localKey === adKey && status === 'DELETED',
  );
}

function adState(key: string, seen: Seen): AdState {
  const mirrored = seen.remote.find((object) => object.level === 'ad' && object.localKey === key);
  const days = seen.days.get(mirrored?.remoteId ?? '') ?? [];
  const swap = swaps(seen.actions).findLast(({ action }) => action.adKey === key);
  const switched = seen.actions.findLast(
    ({ action, state }) => state === 'DONE' && touchesSwitchOf(action as CampaignAction, key),
  );
  const pausedByUs =
    mirrored?.status === 'PAUSED' && (switched?.action as CampaignAction | undefined)?.kind === 'pause_ad';
  return {
    key,
    days,
    creativeSince: swap ? dayIn(seen.zone, swap.at) : (days[0]?.day ?? seen.launchDay),
    reserveKey: swap && swap.action.reserveKey !== key ? swap.action.reserveKey : null,
    status: pausedByUs
      ? 'paused_by_us'
      : mirrored?.status === 'PAUSED'
        ? 'paused'
        : mirrored?.effectiveStatus === 'ACTIVE'
          ? 'delivering'
          : 'not_delivering',
    pausedOn: pausedByUs && switched ? dayIn(seen.zone, switched.occurredAt) : null,
  };
}

function touchesSwitchOf(action: CampaignAction, adKey: string): boolean {
  return (action.kind === 'pause_ad' || action.kind === 'resume_ad') && action.adKey === adKey;
}

type Swap = Extract<CampaignAction, { kind: 'swap_creative' }>;

function swaps(rows: ActionRow[]): { action: Swap; at: Date }[] {
  return rows.flatMap((row) => {
    const action = row.action as CampaignAction;
    return row.state === 'DONE' && action.kind === 'swap_creative' ? [{ action, at: row.occurredAt }] : [];
  });
}

const OUTCOMES: Record<string, PastAction['outcome']> = {
  DONE: 'done',
  WAITING: 'open',
  EXECUTING: 'open',
  DECLINED: 'declined',
  UNDONE: 'undone',
  FAILED: 'failed',
  REFUSED: 'refused',
  SHADOW: 'refused',
};

function pastAction(row: ActionRow, campaignId: string, zone: string): PastAction {
  const action = row.action as CampaignAction;
  return {
    kind: action.kind,
    subjects: subjectsOf(action, campaignId),
    day: dayIn(zone, row.occurredAt),
    outcome: OUTCOMES[row.state] ?? 'failed',
  };
}

function subjectsOf(action: CampaignAction, campaignId: string): string[] {
  if ('adKey' in action) return [action.adKey];
  if (action.kind === 'add_ad') return [action.ad.key];
  if ('adSetKey' in action) return [action.adSetKey];
  return budgetMovesIn(action, campaignId).map((move) => move.adSetKey);
}
