import type { CampaignAction } from '../../domain/action';
import type { MoneyJson } from '../../domain/money';
import { catchUp } from '../../domain/optimization/optimizer/catch-up';
import type { FactDay } from '../../domain/optimization/optimizer/feed';
import { RESTATED_DAYS, TICKS_PER_DAY } from '../../domain/optimization/optimizer/memory';
import type { TickInput } from '../../domain/optimization/optimizer/types';
import { countsBefore } from '../../domain/past/counts';
import type { Plan } from '../../domain/plan';
import { tickOf } from '../../domain/tick-series';
import { addDays, dayIn, dayNumber, daysBetween } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { readBrief } from '../briefs/read';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { WatchedAccount, WatchedCampaign } from '../insights/watched';
import type { StoredDay } from '../past/stored';
import { hasOpenAlarm, spoiledDays } from './alarms';
import { type HeldState, heldState } from './engine-state';

/** A tick counts as ended from its second half on, as in the series of the watch. */
const HALF_TICK_MS = 2 * 3_600_000;
/** Longest past an engine that begins late reads. */
const BACK_DAYS = 60;

/**
 * After a pull: brings the deciding engine of every campaign that runs up to the tick that has just ended, and keeps what
 * it decides for today. One row a campaign; the questions to the database do not grow with the campaigns of a project.
 */
export async function advanceEngines(ctx: ServiceContext, input: { account: WatchedAccount }): Promise<void> {
  const campaigns = input.account.campaigns.filter(({ status }) => status === 'ACTIVE');
  if (campaigns.length === 0) return;
  await transact(ctx, async (tx, inner) => {
    const now = await workspaceNow(inner, tx);
    const seen = await readAll(tx, inner, { campaigns, now, zone: input.account.timezone });
    const rows = campaigns.flatMap((campaign) => advanceOne(seen, campaign) ?? []);
    if (rows.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO "EngineState" ("campaignRecordId", "workspaceId", "origin", "state", "decidedFor", "decisions", "updatedAt")
      SELECT r."campaignRecordId", ${inner.workspaceId}, r."origin", r."state", r."decidedFor", COALESCE(r."decisions", '[]'::jsonb), now() AT TIME ZONE 'utc'
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("campaignRecordId" text, "origin" date, "state" jsonb, "decidedFor" date, "decisions" jsonb)
      ON CONFLICT ("campaignRecordId") DO UPDATE SET "origin" = EXCLUDED."origin", "state" = EXCLUDED."state",
        "decidedFor" = COALESCE(EXCLUDED."decidedFor", "EngineState"."decidedFor"),
        "decisions" = CASE WHEN EXCLUDED."decidedFor" IS NULL THEN "EngineState"."decisions" ELSE EXCLUDED."decisions" END,
        "updatedAt" = EXCLUDED."updatedAt"`;
  });
}

type Seen = Awaited<ReturnType<typeof readAll>>;

async function readAll(
  tx: Tx,
  ctx: ServiceContext,
  { campaigns, now, zone }: { campaigns: readonly WatchedCampaign[]; now: Date; zone: string },
) {
  const ids = campaigns.map(({ id }) => id);
  const today = dayIn(zone, now);
  const records = await tx.campaignRecord.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids }, launchedAt: { not: null } },
    select: {
      id: true,
      launchedAt: true,
      structure: true,
      engineState: { select: { origin: true, state: true } },
      remoteObjects: { where: { level: { in: ['adset', 'ad'] } } },
      actions: { where: { state: 'DONE', kind: 'swap_creative' }, select: { action: true } },
      project: { select: { adAccount: { select: { minDailyBudgetMinor: true, past: { select: { days: true } } } } } },
    },
  });
  const held = new Map(
    records.map(({ id, engineState }) => {
      const parsed = engineState && heldState.safeParse(engineState.state);
      // A state of an older shape is begun anew from the stored days.
      return [id, engineState && parsed?.success ? { origin: isoDay(engineState.origin), state: parsed.data } : null];
    }),
  );
  const begun = [...held.values()].every((one) => one !== null);
  const ads = records.flatMap(({ remoteObjects }) =>
    remoteObjects.flatMap(({ level, remoteId }) => (level === 'ad' ? [remoteId] : [])),
  );
  const facts = await tx.insightFact.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      platform: 'meta',
      level: 'ad',
      breakdown: '',
      entityId: { in: ads },
      day: { gte: new Date(addDays(today, begun ? -RESTATED_DAYS - 1 : -BACK_DAYS)) },
    },
  });
  const projects = new Map<
    string,
    { frozen: boolean; spoiled: string[]; brief: Awaited<ReturnType<typeof readBrief>> }
  >();
  for (const projectId of new Set(campaigns.map((campaign) => campaign.projectId)))
    projects.set(projectId, {
      frozen: await hasOpenAlarm(tx, ctx, projectId),
      spoiled: [...(await spoiledDays(tx, ctx, projectId))],
      brief: await readBrief({ ...ctx, tx }, { projectId }),
    });
  return {
    today,
    tick: tickOf(zone, new Date(now.getTime() - HALF_TICK_MS)),
    zone,
    records: new Map(records.map((record) => [record.id, record])),
    held,
    facts: byEntity(facts),
    projects,
  };
}

function byEntity<Fact extends { entityId: string }>(facts: readonly Fact[]): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.entityId);
    if (group) group.push(fact);
    else groups.set(fact.entityId, [fact]);
  }
  return groups;
}

type Row = {
  campaignRecordId: string;
  origin: string;
  state: HeldState;
  decidedFor: string | null;
  decisions: object[];
};

function advanceOne(seen: Seen, campaign: WatchedCampaign): Row | null {
  const record = seen.records.get(campaign.id);
  const plan = record?.structure as Plan | null | undefined;
  const project = seen.projects.get(campaign.projectId);
  if (!record?.launchedAt || !plan || !project) return null;
  const held = seen.held.get(campaign.id) ?? null;
  const launch = dayIn(seen.zone, record.launchedAt);
  const earliest = addDays(seen.today, -BACK_DAYS);
  const origin = held?.origin ?? (launch > earliest ? launch : earliest);
  const facts = factDays(seen, record.remoteObjects, origin, plan);
  const first = dayNumber(origin) * TICKS_PER_DAY;
  const draft = project.brief?.draft;
  const isSale = plan.goal === 'SALES';
  const hasValue = facts.some(({ valueMinor }) => valueMinor > 0);
  const minimum = record.project.adAccount?.minDailyBudgetMinor ?? null;
  // Written by `learnPast` alone, from the same type.
  const before = countsBefore((record.project.adAccount?.past?.days ?? []) as StoredDay[], plan.goal, origin);
  const after = catchUp({
    held: held?.state ?? null,
    today: daysBetween(origin, seen.today),
    tick: seen.tick - first,
    facts,
    ...standing(plan, record),
    spoiled: project.spoiled
      .filter((day) => day >= origin && day <= seen.today)
      .flatMap((day) => Array.from({ length: TICKS_PER_DAY }, (_, at) => dayNumber(day) * TICKS_PER_DAY + at - first)),
    frozen: project.frozen,
    options: {
      seed: Number.parseInt(sha256Hex(campaign.id).slice(0, 6), 16),
      margin: isSale && draft?.marginPercent ? draft.marginPercent / 100 : null,
      resultValueMinor:
        isSale && !hasValue && draft?.customerValue?.currency === campaign.currency
          ? Number(draft.customerValue.minor)
          : null,
      // The total is the owner's: less of it is asked for on a card of its own.
      mayLowerTotal: false,
      ...(minimum === null ? {} : { minDailyMinor: Number(minimum) }),
      ...(before ? { past: { account: before } } : {}),
    },
  });
  if (!after.held) return null;
  return {
    campaignRecordId: campaign.id,
    origin,
    state: after.held,
    decidedFor: after.decisions ? seen.today : null,
    decisions: after.decisions ?? [],
  };
}

type Objects = NonNullable<ReturnType<Seen['records']['get']>>['remoteObjects'];

function factDays(seen: Seen, objects: Objects, origin: string, plan: Plan): FactDay[] {
  return objects
    .filter(({ level }) => level === 'ad')
    .flatMap(({ remoteId, localKey }) =>
      (seen.facts.get(remoteId) ?? []).flatMap((fact): FactDay[] => {
        const day = daysBetween(origin, isoDay(fact.day));
        if (day < 0) return [];
        const tracked = plan.goal !== 'TRAFFIC';
        return [
          {
            adKey: localKey,
            day,
            impressions: fact.impressions,
            clicks: fact.clicks,
            // Days of ads cost far less than the largest whole number a double holds.
            spendMinor: Number(fact.spendMinor),
            landingPageViews: fact.landingPageViews,
            results: tracked ? (fact.results ?? 0) : 0,
            valueMinor: tracked ? Number(fact.valueMinor ?? 0) : 0,
          },
        ];
      }),
    );
}

/** What is switched on now, by the plan's keys. */
function standing(
  plan: Plan,
  record: { remoteObjects: Objects; actions: { action: unknown }[] },
): Pick<TickInput, 'adSets' | 'ads'> {
  const object = (level: string, key: string) =>
    record.remoteObjects.find((one) => one.level === level && one.localKey === key);
  const used = new Set(
    record.actions.map(({ action }) => {
      const swap = action as Extract<CampaignAction, { kind: 'swap_creative' }>;
      return swap.reserveKey;
    }),
  );
  return {
    adSets: plan.adSets.map((adSet) => {
      const mirrored = object('adset', adSet.key);
      const shown = (mirrored?.state as { dailyBudget?: MoneyJson | null } | null)?.dailyBudget;
      return {
        key: adSet.key,
        dailyBudgetMinor: Number((shown ?? adSet.dailyBudget).minor),
        on: mirrored?.status === 'ACTIVE',
        learning: false,
        stock: adSet.reserves.filter(({ key }) => !used.has(key)).length,
      };
    }),
    ads: plan.adSets.flatMap((adSet) =>
      adSet.ads.map((ad) => {
        const mirrored = object('ad', ad.key);
        const creativeId = (mirrored?.state as { creativeId?: string | null } | null)?.creativeId;
        return {
          key: ad.key,
          adSetKey: adSet.key,
          on: mirrored?.status === 'ACTIVE' && mirrored.effectiveStatus === 'ACTIVE',
          creative: creativeId ?? ad.key,
        };
      }),
    ),
  };
}

const isoDay = (day: Date) => day.toISOString().slice(0, 10);
