import type { ActionState, CampaignAction, Evidence } from '@/lib/domain/action';
import type { AdTestTerms } from '@/lib/domain/ad-test';
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
const adTest: AdTestTerms = {
  id: '0b6d2c1e-6a3f-4c57-9d5e-2f3a4b5c6d7e',
  level: 'ad',
  drawnBy: 'platform',
  arms: ads.slice(0, 2).map(({ key }) => key),
  adSetKey: 'adset-1',
  measure: 'clicks',
  question: 'Does the picture of the cake do better?',
  seesPercent: 30,
  days: 12,
  answerBy: '2026-12-03',
  sizing: { detectableLift: 0.19, baseRate: 0.012, exposurePerDay: 2600 },
  moves: [],
};
const groupTest: AdTestTerms = {
  ...adTest,
  level: 'adset',
  arms: ['adset-1', 'adset-2'],
  adSetKey: null,
  measure: 'results',
  days: 21,
  answerBy: '2026-12-20',
  moves: [
    { adSetKey: 'adset-1', from: eur(1_400), to: eur(1_000) },
    { adSetKey: 'adset-2', from: eur(600), to: eur(1_000) },
  ],
};
const groupNames = { 'adset-1': 'Parents in Porto', 'adset-2': 'Companies in Braga' };
const compared = ads.slice(0, 2).map((ad) => ({
  key: ad.key,
  name: ad.headline,
  text: ad.primaryText,
  picture: ad.images.square,
}));
const comparedGroups = [
  { key: 'adset-1', name: groupNames['adset-1'], text: 'Porto and 25 km around · 25 to 45, as a starting point' },
  { key: 'adset-2', name: groupNames['adset-2'], text: 'Braga and 17 km around · Adults of any age · Office catering' },
].map((group, index) => ({ ...group, picture: ads[index]?.images.square ?? null }));

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
  { name: 'Compare ads, waits', card: wish({ kind: 'start_test', test: adTest }, 'WAITING', { compared }) },
  {
    name: 'Compare groups, waits',
    card: wish({ kind: 'start_test', test: groupTest }, 'WAITING', { compared: comparedGroups, names: groupNames }),
  },
  {
    name: 'Compare groups by lot, waits',
    card: wish({ kind: 'start_test', test: { ...groupTest, drawnBy: 'lot', moves: [] } }, 'WAITING', {
      compared: comparedGroups,
      names: groupNames,
      evidence: { ...wished, rule: 'test-proposed' },
    }),
  },
  {
    name: 'Comparison started',
    card: pausedAd('DONE', {
      actionId: 'test-started',
      actionKind: 'start_test',
      action: { kind: 'start_test', test: adTest },
      subjectName: null,
      evidence: wished,
      approvedByOwner: true,
      undoSays: 'Undo ends the comparison. The ads go on, and nothing is concluded from it.',
    }),
  },
  {
    name: 'Comparison won',
    card: {
      kind: 'NOTICE',
      tone: 'good',
      key: 'ad_test_won',
      params: {
        campaign: bakeryPlan.name,
        leader: groupNames['adset-1'],
        other: groupNames['adset-2'],
        measure: 'results',
        level: 'adset',
        drawnBy: 'platform',
        leaderEachMinor: 640,
        otherEachMinor: 905,
        currency: 'EUR',
      },
    },
  },
  {
    name: 'Comparison without a winner',
    card: {
      kind: 'NOTICE',
      tone: 'info',
      key: 'ad_test_undecided',
      params: { campaign: bakeryPlan.name, level: 'ad', measure: 'clicks' },
    },
  },
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
