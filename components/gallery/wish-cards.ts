import type { ActionState, CampaignAction, Evidence } from '@/lib/domain/action';
import type { ApprovalState } from '@/lib/domain/approval';
import type { ActionApprovalView, BundleApprovalView, ReleaseApprovalView } from '@/lib/domain/message';
import { pausedAd, raise } from './action-cards';
import { type CardFixture, head, STATE_NAMES } from './card-fixture';
import { bakeryPlan, eur } from './plan';

const [adSet] = bakeryPlan.adSets;
const ads = adSet?.ads ?? [];
const targeting = adSet?.targeting ?? {
  countries: ['PT'],
  cities: [],
  ageMin: 18,
  ageMax: 65,
  interests: [],
  advantageAudience: true,
};

const wished: Evidence = {
  rule: 'owner-asked',
  facts: [],
  confidence: null,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-20',
  until: '2026-11-20',
};

function wish(
  action: CampaignAction,
  state: ApprovalState,
  more: Partial<ActionApprovalView> = {},
): ActionApprovalView {
  return raise(state, {
    action,
    evidence: wished,
    spend: null,
    subjectName: null,
    page: bakeryPlan.page.name,
    ...more,
  });
}

const audience: CampaignAction = {
  kind: 'set_audience',
  adSetKey: 'adset-1',
  from: targeting,
  to: {
    ...targeting,
    cities: [...targeting.cities, { key: '2', name: 'Braga', radiusKm: 25 }],
    ageMin: 30,
    ageMax: 60,
    interests: [
      { id: '1', name: 'Birthday parties' },
      { id: '2', name: 'Baking' },
    ],
  },
};
const [first] = ads;
const newAd: CampaignAction | null = first
  ? {
      kind: 'add_ad',
      adSetKey: 'adset-1',
      ad: {
        ...first,
        key: 'ad-4',
        idea: 'Early risers: warm before the day starts',
        headline: 'Fresh bread at seven',
        primaryText: 'Warm from the oven before your day starts. Order tonight, pick it up tomorrow on your way.',
      },
    }
  : null;
const deletion: CampaignAction = { kind: 'delete_ad', adKey: 'ad-2' };
const secondAd = 'You do the party. We do the cake.';

function bundle(state: ApprovalState, became: readonly [ActionState, ActionState, ActionState]): BundleApprovalView {
  const items: BundleApprovalView['items'] = [
    { action: { kind: 'pause_ad', adKey: 'ad-2' } as const, subjectName: secondAd },
    {
      action: { kind: 'swap_creative', adKey: 'ad-3', reserveKey: 'reserve-1' } as const,
      subjectName: 'Baked at five this morning',
    },
    {
      action: { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_100) } as const,
      subjectName: null,
    },
  ].map((item, index) => ({
    ...item,
    actionId: `bundled-${index}`,
    campaignName: bakeryPlan.name,
    evidence:
      index === 0
        ? pausedAd('DONE').evidence
        : index === 1
          ? { ...wished, rule: 'swap-reserve' }
          : raise('WAITING').evidence,
    names: {},
    state: became[index] ?? 'WAITING',
  }));
  return {
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'bundle',
    projectId: 'project-1',
    items,
    perDayChange: eur(100),
    ...head(state),
  };
}

function release(state: ApprovalState, names: readonly string[], became: ActionState = 'WAITING'): ReleaseApprovalView {
  return {
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'stop_release',
    campaigns: names.map((name, index) => ({
      actionId: `resumed-${index}`,
      name,
      perDay: eur(1_000 + index * 500),
      state: became,
    })),
    total: names.length > 0 ? [eur(names.reduce((sum, _, index) => sum + 1_000 + index * 500, 0))] : [],
    ...head(state),
  };
}

/** What only an owner may want, several changes under one press, and the end of a stop. */
export const wishCards: CardFixture[] = [
  ...(['WAITING', 'DONE', 'EXPIRED'] as const).map((state) => ({
    name: `Audience, ${STATE_NAMES[state]}`,
    card: wish(audience, state),
  })),
  ...(newAd ? [{ name: 'New ad, waits', card: wish(newAd, 'WAITING') }] : []),
  ...(newAd ? [{ name: 'New ad, partly done', card: wish(newAd, 'PARTLY_DONE') }] : []),
  { name: 'Delete an ad, waits', card: wish(deletion, 'WAITING', { risk: 'high', subjectName: secondAd }) },
  { name: 'Delete the campaign, waits', card: wish({ kind: 'delete_campaign' }, 'WAITING', { risk: 'high' }) },
  {
    name: 'Deleted an ad',
    card: pausedAd('DONE', {
      actionId: 'deleted',
      actionKind: 'delete_ad',
      action: deletion,
      evidence: wished,
      approvedByOwner: true,
      undo: 'none',
    }),
  },
  {
    name: 'Changed who sees it',
    card: pausedAd('DONE', {
      actionId: 'audience-done',
      actionKind: 'set_audience',
      action: audience,
      subjectName: null,
      evidence: wished,
      approvedByOwner: true,
      undoSays: 'Undo shows the ads to the people from before. Facebook then has to find its feet once more.',
    }),
  },
  { name: 'Small changes, waits', card: bundle('WAITING', ['WAITING', 'WAITING', 'WAITING']) },
  { name: 'Small changes, partly done', card: bundle('PARTLY_DONE', ['DONE', 'FAILED', 'DONE']) },
  { name: 'Small changes, declined', card: bundle('DECLINED', ['DECLINED', 'DECLINED', 'DECLINED']) },
  {
    name: 'Lift the stop, waits',
    card: release('WAITING', [bakeryPlan.name, 'Christmas boxes for companies in Porto and Braga']),
  },
  { name: 'Lift the stop, one', card: release('WAITING', [bakeryPlan.name]) },
  { name: 'Lift the stop, nothing runs', card: release('WAITING', []) },
  { name: 'Lift the stop, done', card: release('DONE', [bakeryPlan.name], 'DONE') },
];
