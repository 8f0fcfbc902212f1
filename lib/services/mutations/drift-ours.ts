import type { CampaignAction } from '../../domain/action';
import { budgetMovesIn } from '../../domain/campaign-move';
import type { Plan, PlanAd } from '../../domain/plan';
import { expectedFields } from '../../platforms/meta/read/expected';
import type { RemoteSeen } from '../../platforms/port';
import { urlTagsOf } from '../deployments/url-tags';
import { markerOf, nameWithMarker } from '../effects/marker';
import type { BudgetsLeft } from './budgets-left';
import { leadFormIdOf, type MirrorRow } from './campaign-state';
import type { GuardsLeft } from './guards-left';
import { adEffectKey } from './make-ad';

/** What our stop rule shows: the dearest day it lets through, minor units; "off" where it does not work; null: it is gone. */
export type ShownRule = string | null | undefined;

/** Local keys of what somebody added at the platform. */
export const ADDED_THERE = 'there:';

export type Ours = {
  campaignId: string;
  plan: Plan;
  deploymentId: string;
  pageId: string;
  /** What was done to it since, oldest first. */
  actions: readonly CampaignAction[];
  objects: readonly MirrorRow[];
  /** Ads made after the launch: the action that made each, by local key. */
  addedBy: ReadonlyMap<string, string>;
  /** What the platform's own guards were last told; absent in what was stored before. */
  guards?: GuardsLeft;
  /** What our own writes last made of daily budgets; absent: by what the actions say. */
  budgets?: BudgetsLeft;
  /** Image hashes at the platform by our SHA-256. */
  images: ReadonlyMap<string, string>;
};

/** Everything we left an object at: how it was created, and what our own actions made of it since. */
export function leftAt(ours: Ours, object: MirrorRow): Record<string, unknown> | null {
  const { plan } = ours;
  const named = (name: string, step: string) => nameWithMarker(name, markerOf(`${ours.deploymentId}:${step}`));
  switch (object.level) {
    case 'campaign':
      return {
        name: named(plan.name, 'campaign'),
        status: statusAfter(ours.actions, 'campaign', 'campaign'),
        ...(ours.guards?.spendCapMinor ? { spend_cap: ours.guards.spendCapMinor.toString() } : {}),
        ...(ours.guards?.rule ? { stop_rule: ours.guards.rule.perDayMinor.toString() } : {}),
        ...expectedFields({
          level: 'campaign',
          input: { name: '', goal: plan.goal, specialAdCategories: plan.specialAdCategories, spendCap: null },
        }),
      };
    case 'adset': {
      const adSet = plan.adSets.find(({ key }) => key === object.localKey);
      if (!adSet) return null;
      return {
        name: named(`${plan.name} · ${adSet.name}`, `adset:${adSet.key}`),
        status: 'ACTIVE',
        ...(ours.guards?.endsAt[adSet.key] ? { end_time: ours.guards.endsAt[adSet.key] } : {}),
        daily_budget: budgetAfter(ours, adSet.key) ?? adSet.dailyBudget.minor,
        ...expectedFields({
          level: 'adset',
          input: {
            name: '',
            campaignRemoteId: '',
            goal: plan.goal,
            adSet,
            pageId: ours.pageId,
            pixelId: plan.pixelId,
            dsa: plan.dsa,
            leadFormId: leadFormIdOf(ours),
          },
        }),
      };
    }
    case 'ad': {
      // Made for a card, but never switched on: it is not part of the plan.
      if (!plan.adSets.some(({ ads }) => ads.some(({ key }) => key === object.localKey))) return null;
      const addedBy = ours.addedBy.get(object.localKey);
      const wanted = creativeAfter(ours.actions, object.localKey);
      const creative = ours.objects.find((one) => one.level === 'creative' && one.localKey === wanted);
      return {
        name: addedBy
          ? nameWithMarker(`${plan.name} · ${object.localKey}`, markerOf(adEffectKey(addedBy, object.localKey)))
          : named(`${plan.name} · ${object.localKey}`, `ad:${object.localKey}`),
        status: statusAfter(ours.actions, 'ad', object.localKey),
        ...(creative ? { creative: creative.remoteId } : {}),
      };
    }
    case 'creative':
      return creativeLeftAt(ours, object.localKey);
    default:
      return null;
  }
}

function creativeLeftAt(ours: Ours, key: string): Record<string, unknown> | null {
  const ad = ours.plan.adSets
    .flatMap((adSet): PlanAd[] => [...adSet.ads, ...adSet.reserves])
    .find((one) => one.key === key);
  const hash = (sha256: string) => ours.images.get(sha256);
  if (!ad) return null;
  const [square, portrait, story] = [hash(ad.images.square), hash(ad.images.portrait), hash(ad.images.story)];
  if (!square || !portrait || !story) return null;
  return expectedFields({
    level: 'creative',
    input: {
      name: '',
      ad,
      imageHashes: { square, portrait, story },
      pageId: ours.pageId,
      instagramId: ours.plan.instagramId,
      urlTags: urlTagsOf(ours.campaignId, key),
      leadFormId: leadFormIdOf(ours),
    },
  });
}

/**
 * The same names as in `leftAt`, from what the platform shows.
 * @param rule of a campaign; left out where rules were not asked for, or for any other level
 */
export function shownAs(seen: RemoteSeen, rule?: ShownRule): Record<string, unknown> {
  return {
    ...seen.fields,
    ...(rule === undefined ? {} : { stop_rule: rule }),
    spend_cap: seen.spendCap?.minor ?? null,
    end_time: seen.endsAt ?? null,
    name: seen.name,
    status: seen.status,
    daily_budget: seen.dailyBudget?.minor ?? null,
    creative: seen.creativeId,
  };
}

function statusAfter(actions: readonly CampaignAction[], level: 'campaign' | 'ad', key: string): 'ACTIVE' | 'PAUSED' {
  const last = actions
    .filter((action) =>
      level === 'campaign'
        ? action.kind === 'pause_campaign' || action.kind === 'resume_campaign'
        : (action.kind === 'pause_ad' || action.kind === 'resume_ad') && action.adKey === key,
    )
    .at(-1);
  return last?.kind === 'pause_campaign' || last?.kind === 'pause_ad' ? 'PAUSED' : 'ACTIVE';
}

function budgetAfter({ actions, campaignId, budgets }: Ours, adSetKey: string): string | null {
  const told = budgets?.told[adSetKey];
  if (told !== undefined) return told;
  const steps = actions.flatMap((action) => budgetMovesIn(action, campaignId));
  return steps.filter((step) => step.adSetKey === adSetKey).at(-1)?.to.minor ?? null;
}

function creativeAfter(actions: readonly CampaignAction[], adKey: string): string {
  const swaps = actions.filter((action) => action.kind === 'swap_creative' && action.adKey === adKey);
  const last = swaps.at(-1);
  return last?.kind === 'swap_creative' ? last.reserveKey : adKey;
}

/** A value we asked for ourselves, and whose answer was lost, is nobody's change. */
export function isOpenBudget(
  { budgets }: Ours,
  { localKey }: MirrorRow,
  { field, theirs }: { field: string; theirs: unknown },
): boolean {
  return field === 'daily_budget' && (budgets?.open[localKey] ?? []).includes(String(theirs));
}
