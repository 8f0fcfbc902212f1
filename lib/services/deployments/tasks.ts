import type { LeadFormDraft } from '../../domain/lead-form';
import type { Money } from '../../domain/money';
import type { Plan, PlanAd, PlanAdSet } from '../../domain/plan';

/** What the platform itself holds a campaign to, so that it holds while we are down. */
export type PlatformGuard = {
  /** Over the campaign's whole life; null: an end stands in. */
  spendCap: Money | null;
  /** ISO instant; null: a cap holds it. */
  endsAt: string | null;
  /** A day that costs more than this pauses the campaign. */
  perDay: Money;
};

/** Key of the task that publishes the plan's form. */
export const LEAD_FORM_TASK = 'lead-form';

/** One thing a deployment does. `key` is stable for a plan: effects, the mirror and a resumed run go by it. */
export type DeployTask =
  | { step: 'images'; do: 'upload'; key: string; sha256: string }
  | { step: 'campaign'; do: 'campaign'; key: string }
  | { step: 'campaign'; do: 'lead_form'; key: string; form: LeadFormDraft }
  | { step: 'ad_sets'; do: 'ad_set'; key: string; adSet: PlanAdSet }
  | { step: 'creatives'; do: 'creative'; key: string; ad: PlanAd }
  | { step: 'ads'; do: 'ad'; key: string; ad: PlanAd; adSetKey: string }
  | { step: 'check'; do: 'cap'; key: string; spendCap: Money }
  | { step: 'check'; do: 'end'; key: string; localKey: string; endsAt: string }
  | { step: 'check'; do: 'stop_rule'; key: string; perDay: Money }
  | { step: 'check'; do: 'check_paused'; key: string }
  | { step: 'check'; do: 'switch_on'; key: string; level: 'ad' | 'adset'; localKey: string }
  | { step: 'check'; do: 'reconcile'; key: string }
  | { step: 'switch_on'; do: 'switch_on'; key: string; level: 'campaign'; localKey: 'campaign' }
  | { step: 'switch_on'; do: 'read_back'; key: string };

/**
 * Everything in order: images, a form where the plan brings one (it may be refused, so it comes before anything that could run), campaign, ad sets, creatives and ads, all paused; the platform's own guards; a look at what stands there; ads and ad
 * sets on, which spends nothing below a paused campaign; the reconcile; and the campaign, the one switch, last.
 * Reserve creatives stay in the drawer until they are swapped in.
 */
export function deployTasks(plan: Plan, guard: PlatformGuard | null): DeployTask[] {
  const ads = plan.adSets.flatMap((adSet) => adSet.ads.map((ad) => ({ ad, adSetKey: adSet.key })));
  const images = new Set(ads.flatMap(({ ad }) => [ad.images.square, ad.images.portrait, ad.images.story]));
  return [
    ...[...images].map((sha256): DeployTask => ({ step: 'images', do: 'upload', key: `image:${sha256}`, sha256 })),
    ...formTasks(plan),
    { step: 'campaign', do: 'campaign', key: 'campaign' },
    ...plan.adSets.map((adSet): DeployTask => ({ step: 'ad_sets', do: 'ad_set', key: `adset:${adSet.key}`, adSet })),
    ...ads.map(({ ad }): DeployTask => ({ step: 'creatives', do: 'creative', key: `creative:${ad.key}`, ad })),
    ...ads.map(({ ad, adSetKey }): DeployTask => ({ step: 'ads', do: 'ad', key: `ad:${ad.key}`, ad, adSetKey })),
    ...guardTasks(plan, guard),
    { step: 'check', do: 'check_paused', key: 'check' },
    ...ads.map(
      ({ ad }): DeployTask => ({
        step: 'check',
        do: 'switch_on',
        key: `on:ad:${ad.key}`,
        level: 'ad',
        localKey: ad.key,
      }),
    ),
    ...plan.adSets.map(
      (adSet): DeployTask => ({
        step: 'check',
        do: 'switch_on',
        key: `on:adset:${adSet.key}`,
        level: 'adset',
        localKey: adSet.key,
      }),
    ),
    { step: 'check', do: 'reconcile', key: 'reconcile' },
    { step: 'switch_on', do: 'switch_on', key: 'on:campaign', level: 'campaign', localKey: 'campaign' },
    { step: 'switch_on', do: 'read_back', key: 'read-back' },
  ];
}

function formTasks({ newLeadForm: form }: Plan): DeployTask[] {
  return form ? [{ step: 'campaign', do: 'lead_form', key: LEAD_FORM_TASK, form }] : [];
}

/** The value stands in the key: a resumed start may have another part of the month, and then sets it anew. */
function guardTasks(plan: Plan, guard: PlatformGuard | null): DeployTask[] {
  if (!guard) return [];
  const { spendCap, endsAt, perDay } = guard;
  return [
    ...(spendCap ? [{ step: 'check', do: 'cap', key: `cap:${spendCap.minor}`, spendCap } as const] : []),
    ...(endsAt
      ? plan.adSets.map(
          ({ key }): DeployTask => ({ step: 'check', do: 'end', key: `end:${key}:${endsAt}`, localKey: key, endsAt }),
        )
      : []),
    { step: 'check', do: 'stop_rule', key: `stop-rule:${perDay.minor}`, perDay },
  ];
}
