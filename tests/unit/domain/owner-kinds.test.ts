import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_STATES, type CampaignAction, isRemoval, isStopAction, topicOf } from '@/lib/domain/action';
import { isOfMany, mayBundle, outcomeOfMany } from '@/lib/domain/approval';
import { audienceChanges, audienceFlaw } from '@/lib/domain/audience';
import type { PlanAd, PlanTargeting } from '@/lib/domain/plan';
import { planAfter } from '@/lib/domain/plan-after';
import { judge, type PolicyInput } from '@/lib/domain/policy';
import { isWithinLimit, may, ROLES, type Role } from '@/lib/domain/roles';
import { inverseOf, undoStateOf } from '@/lib/domain/undo';
import { pressOf } from '@/lib/services/approvals/press-of';
import { audienceRows } from '@/lib/words/en/audience';
import { plan as planFixture } from './plan-fixture';

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const porto: PlanTargeting = {
  countries: ['PT'],
  cities: [{ key: 'porto', name: 'Porto', radiusKm: 17 }],
  ageMin: 25,
  ageMax: 55,
  interests: [],
  advantageAudience: true,
};
const both = { ...porto, cities: [...porto.cities, { key: 'braga', name: 'Braga', radiusKm: 17 }] };
const ad: PlanAd = {
  key: 'ad-9',
  idea: 'A new thought',
  headline: 'Fresh bread at seven',
  primaryText: 'Warm from the oven, before your day starts.',
  callToAction: 'LEARN_MORE',
  linkUrl: 'https://padaria.test/',
  images: { square: 'a'.repeat(64), portrait: 'b'.repeat(64), story: 'c'.repeat(64) },
};
const audience: CampaignAction = { kind: 'set_audience', adSetKey: 'adset-1', from: porto, to: both };
const added: CampaignAction = { kind: 'add_ad', adSetKey: 'adset-1', ad };
const removal: CampaignAction = { kind: 'delete_ad', adKey: 'ad-2' };
const wipe: CampaignAction = { kind: 'delete_campaign' };

function ruling(action: CampaignAction, change: Partial<PolicyInput> & { alarm?: boolean; stopped?: boolean } = {}) {
  const { alarm = false, stopped = false, ...rest } = change;
  return judge({
    action,
    envelope: {
      monthlyCeiling: eur(93_000),
      mayPauseBadAds: true,
      maySwapInReserves: true,
      maxShiftPercent: 20,
      maxChangesPerDay: 5,
    },
    today: { changesMade: 0 },
    campaign: { dailyBudgetsMinor: { 'adset-1': 1000n }, monthSpentMinor: 0n, daysLeftInMonth: 15 },
    actor: { type: 'engine' },
    facts: {
      confidence: 1,
      deliveringAds: 3,
      alarm,
      pausedByUs: true,
      reserveApproved: true,
      dataFresh: true,
      hoursSinceLastChange: null,
      stopped,
    },
    ...rest,
  });
}
const owner = { actor: { type: 'owner', role: 'owner' } } as const;

describe('what only an owner may want', () => {
  it.each([
    ['another audience', audience, 'changes_audience', 'normal'],
    ['a new ad', added, 'new_ad', 'normal'],
    ['deleting an ad', removal, 'deletes_for_good', 'high'],
    ['deleting a campaign', wipe, 'deletes_for_good', 'high'],
  ] as const)('%s is asked however sure the product is, and allowed by a press', (_, action, reason, risk) => {
    for (const alarm of [false, true])
      expect(ruling(action, { alarm })).toEqual({ answer: 'ask', risk, reasons: [reason] });
    expect(ruling(action, owner)).toMatchObject({ answer: 'allow', reasons: ['owner_asked'] });
    for (const role of ['analyst', 'client'] as const)
      if (!isStopAction(action)) expect(ruling(action, { actor: { type: 'undo', role } }).answer).toBe('refuse');
  });

  it('a stop holds back what could spend, and never what is deleted', () => {
    for (const action of [audience, added])
      expect(ruling(action, { stopped: true })).toEqual({ answer: 'refuse', reasons: ['stopped_by_owner'] });
    for (const action of [removal, wipe]) expect(ruling(action, { ...owner, stopped: true }).answer).toBe('allow');
  });

  it('ads about jobs, homes or credit stay open to all, also when the owner presses', () => {
    const special = { ...owner, specialAdCategories: ['EMPLOYMENT'] };
    expect(ruling(audience, special)).toEqual({ answer: 'refuse', reasons: ['special_category_audience'] });
    const open = { ...both, ageMin: 18, ageMax: 65, cities: both.cities.map((city) => ({ ...city, radiusKm: 25 })) };
    expect(ruling({ ...audience, to: open }, special).answer).toBe('allow');
    for (const narrower of [
      { ageMin: 19 },
      { ageMax: 64 },
      { interests: [{ id: '1', name: 'Bread' }] },
      { cities: [{ key: 'x', name: 'X', radiusKm: 24 }] },
    ])
      expect(audienceFlaw(both, { ...open, ...narrower }, ['HOUSING'])).toBe('special_category_audience');
  });

  it('the same audience is no change', () => {
    expect(ruling({ ...audience, to: { ...porto } }, owner)).toEqual({
      answer: 'refuse',
      reasons: ['nothing_changes'],
    });
  });
});

describe('who may press a card', () => {
  const card = (kind: string, payload: object, deltaMinor: bigint | null = null) => ({
    kind,
    payload: JSON.stringify(payload),
    deltaMinor,
    currency: 'EUR',
  });
  const item = (action: CampaignAction, id = 'a') => ({ actionId: id, campaignRecordId: 'c', action });
  const raise = (to: number): CampaignAction => ({
    kind: 'set_ad_set_budget',
    adSetKey: 'adset-1',
    from: eur(1000),
    to: eur(to),
  });
  const mayPress = (role: Role, asked: Parameters<typeof pressOf>[0], limit: bigint | null = null) => {
    const [verb, spend] = pressOf(asked, 'approve', null);
    const held = limit === null ? null : { minor: limit, currency: 'EUR' };
    return may(role, verb) && (!spend || isWithinLimit(role, verb, held, spend));
  };
  const who = (asked: Parameters<typeof pressOf>[0], limit: bigint | null = null) =>
    ROLES.filter((role) => mayPress(role, asked, limit));

  it.each([
    ['another audience', audience],
    ['a new ad', added],
    ['deleting an ad', removal],
    ['deleting a campaign', wipe],
  ] as const)('%s: everybody who approves, a manager without a limit of money too', (_, action) => {
    expect(who(card('campaign_action', item(action)))).toEqual(['owner', 'manager', 'client']);
  });

  it('several changes: their raises together must be within a manager’s limit, whatever others take off', () => {
    const lower: CampaignAction = { ...raise(0), adSetKey: 'adset-2', to: eur(1) } as CampaignAction;
    const set = card('bundle', { items: [item(raise(1100)), item(raise(1150), 'b'), item(lower, 'c')] }, -749n);
    expect(who(set, 250n)).toEqual(['owner', 'manager', 'client']);
    expect(who(set, 249n)).toEqual(['owner', 'client']);
    expect(who(set)).toEqual(['owner', 'client']);
  });

  it('lifting the stop: the owner alone', () => {
    expect(who(card('stop_release', { stopId: 's', items: [] }, 1n), 1_000_000n)).toEqual(['owner']);
  });
});

describe('an audience', () => {
  it('is shown before and after in plain words, and only where it changes', () => {
    expect(audienceRows(porto, both, 'en')).toEqual([
      { label: 'Where', before: '17 km around Porto', after: '17 km around Porto and 17 km around Braga' },
    ]);
    const older = { ...porto, ageMin: 40, ageMax: 65, interests: [{ id: '1', name: 'Baking' }] };
    expect(audienceRows(porto, older, 'en')).toEqual([
      { label: 'How old', before: '25 to 55, as a starting point', after: '40 and older, as a starting point' },
      { label: 'Likes', before: 'Anything', after: 'Baking' },
    ]);
    expect(audienceChanges(porto, { ...porto })).toEqual([]);
  });

  it('taken back is the one from before, and the plan follows both ways', () => {
    const back = inverseOf(audience);
    expect(back).toEqual({ ...audience, from: both, to: porto });
    const plan = planFixture();
    const changed = planAfter(plan, { ...audience, from: plan.adSets[0]?.targeting ?? porto });
    expect(changed?.adSets[0]?.targeting).toEqual(both);
    expect(planAfter(changed ?? plan, back ?? audience)?.adSets[0]?.targeting).toEqual(porto);
    expect(planAfter(plan, removal)).toBeNull();
  });
});

describe('a new ad', () => {
  it('joins the plan once, and its Undo switches it off', () => {
    const plan = planFixture();
    const once = planAfter(plan, added) ?? plan;
    expect(once.adSets[0]?.ads.at(-1)).toEqual(ad);
    expect(planAfter(once, added)?.adSets[0]?.ads).toEqual(once.adSets[0]?.ads);
    expect(inverseOf(added)).toEqual({ kind: 'pause_ad', adKey: 'ad-9' });
  });
});

describe('what is deleted', () => {
  it('can only lower spend, and has no way back', () => {
    for (const action of [removal, wipe]) {
      expect([isStopAction(action), isRemoval(action), inverseOf(action)]).toEqual([true, true, null]);
      const done = { state: 'DONE', undoOfId: null, executedAt: new Date(0), kind: action.kind };
      expect(undoStateOf(done, new Date(1))).toBe('none');
    }
    expect(isStopAction(audience) || isStopAction(added)).toBe(false);
  });
});

describe('several changes under one press', () => {
  const state = fc.constantFrom(...ACTION_STATES);
  it('are done only when all are, failed only when none is, and partly done in between', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), (states) => {
        const open = states.some((one) => one === 'WAITING' || one === 'EXECUTING');
        const done = states.filter((one) => one === 'DONE' || one === 'UNDONE').length;
        const said = outcomeOfMany(states);
        if (open) expect(said).toBeNull();
        else expect(said).toBe(done === states.length ? 'DONE' : done === 0 ? 'FAILED' : 'PARTLY_DONE');
      }),
    );
  });

  it('are small ones that can be taken back: never a deletion, a launch of spending, or a new limit', () => {
    const raise: CampaignAction = { kind: 'set_ad_set_budget', adSetKey: 'a', from: eur(100), to: eur(110) };
    expect(mayBundle(raise, 'normal')).toBe(true);
    expect(mayBundle(raise, 'high')).toBe(false);
    expect(mayBundle({ ...raise, newMonthlyCeiling: eur(9_000) }, 'normal')).toBe(false);
    for (const action of [
      audience,
      added,
      removal,
      wipe,
      { kind: 'resume_campaign' },
      { kind: 'pause_campaign' },
    ] as const)
      expect(mayBundle(action, 'normal')).toBe(false);
    expect(['launch', 'campaign_action', 'policy_change'].filter(isOfMany)).toEqual([]);
  });

  it('a pause and its opposite are about the same thing; a budget and an audience are not', () => {
    expect(topicOf({ kind: 'pause_ad', adKey: 'a' })).toBe(topicOf({ kind: 'resume_ad', adKey: 'a' }));
    expect(
      new Set([topicOf(audience), topicOf(added), topicOf(removal), topicOf({ kind: 'shift_budget', moves: [] })]).size,
    ).toBe(4);
  });
});
