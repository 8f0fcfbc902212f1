import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../lib/domain/canonical';
import { money } from '../../../lib/domain/money';
import type { Plan, PlanAd } from '../../../lib/domain/plan';
import { assemblePlan, isReady, planDiff, planProblems } from '../../../lib/domain/plan-draft';
import { brief, idea, plan, planInput } from './plan-fixture';

const codes = (subject: Plan, minimum: bigint | null = null) =>
  planProblems(subject, { minDailyBudget: minimum === null ? null : money(minimum, 'EUR') }).map(
    (problem) => problem.code,
  );

function withAd(change: Partial<PlanAd>): Plan {
  const made = plan();
  const adSet = made.adSets[0]!;
  return { ...made, adSets: [{ ...adSet, ads: [{ ...adSet.ads[0]!, ...change }, ...adSet.ads.slice(1)] }] };
}

describe('assemblePlan', () => {
  it('turns 300 a month into a daily budget that cannot exceed it, on the ad set and on the plan', () => {
    const made = plan();
    expect(made.dailyBudget).toEqual({ minor: '967', currency: 'EUR' });
    expect(made.adSets[0]!.dailyBudget).toEqual(made.dailyBudget);
    expect(made.envelope.monthlyCeiling).toEqual(brief.monthlyBudget);
  });

  it('gives every ad and reserve a stable key of its own', () => {
    const adSet = plan().adSets[0]!;
    expect([...adSet.ads, ...adSet.reserves].map((ad) => ad.key)).toEqual(['ad-1', 'ad-2', 'ad-3', 'reserve-1']);
  });

  it('names payer and beneficiary in the EU and nowhere else', () => {
    expect(plan().dsa).toEqual({ payor: 'Padaria Sol', beneficiary: 'Padaria Sol' });
    expect(plan({ countries: ['US'] }).dsa).toBeNull();
  });

  it('states that no special category applies, and narrows nothing once one does', () => {
    expect(plan().specialAdCategories).toEqual([]);
    const job = plan({
      specialAdCategories: ['EMPLOYMENT'],
      ageMin: 30,
      ageMax: 40,
      interests: [{ id: '1', name: 'Baking' }],
    });
    expect(job.adSets[0]!.targeting).toMatchObject({ ageMin: 18, ageMax: 65, interests: [], advantageAudience: false });
    expect(job.adSets[0]!.targeting.cities[0]!.radiusKm).toBe(25);
  });

  it('refuses to convert a budget into another currency', () => {
    const account = { ...planInput().account, currency: 'USD' };
    expect(() => assemblePlan(planInput({ account }))).toThrow(/never convert/);
    const asked = plan({ account, dailyBudget: money(1000, 'USD'), monthlyCeiling: money(31_000, 'USD') });
    expect(codes(asked)).toEqual([]);
  });

  it('starts with the least freedom: pause and swap only, never a budget move', () => {
    expect(plan().envelope).toMatchObject({ mayPauseBadAds: true, maySwapInReserves: true, maxShiftPercent: 0 });
    expect(plan({ reserves: [] }).envelope.maySwapInReserves).toBe(false);
  });

  it('is plain JSON: the card, the hash and the stored row can hold it exactly', () => {
    expect(JSON.parse(canonicalJson(plan()))).toEqual(plan());
  });
});

describe('planProblems', () => {
  it('has nothing to say about a sound plan', () => {
    expect(planProblems(plan())).toEqual([]);
  });

  it('stops one unit below the account minimum and not at it, and says what month would do', () => {
    expect(codes(plan(), 967n)).toEqual([]);
    const [problem] = planProblems(plan(), { minDailyBudget: money(968, 'EUR') });
    expect(problem).toMatchObject({
      code: 'budget_below_minimum',
      severity: 'stop',
      subject: 'adset-1',
      params: { monthlyMinimum: { minor: '30008' } },
    });
  });

  it('stops a daily budget whose longest month passes the ceiling by one unit', () => {
    expect(codes(plan({ dailyBudget: money(967, 'EUR') }))).toEqual([]);
    expect(codes(plan({ dailyBudget: money(968, 'EUR') }))).toEqual(['budget_above_ceiling']);
  });

  it.each([
    [{ headline: '' }, 'headline_missing'],
    [{ headline: 'x'.repeat(256) }, 'headline_too_long'],
    [{ headline: 'x'.repeat(255) }, 'headline_may_be_cut'],
    [{ headline: 'x'.repeat(41) }, 'headline_may_be_cut'],
    [{ primaryText: ' ' }, 'text_missing'],
    [{ primaryText: 'x'.repeat(2201) }, 'text_too_long'],
    [{ primaryText: 'x'.repeat(126) }, 'text_may_be_cut'],
    [{ linkUrl: null }, 'link_missing'],
    [{ linkUrl: 'javascript:alert(1)' }, 'link_invalid'],
    [{ images: { square: 'a'.repeat(64), portrait: '', story: 'a'.repeat(64) } }, 'image_missing'],
    [{ key: 'ad-2' }, 'duplicate_key'],
  ] satisfies [Partial<PlanAd>, string][])('finds %o', (change, code) => {
    expect(codes(withAd(change))).toEqual([code]);
  });

  it('needs no link where people write or call', () => {
    expect(codes(withAd({ linkUrl: null, callToAction: 'MESSAGE_PAGE' }))).toEqual([]);
  });

  it('tells notes from stops', () => {
    expect(isReady(planProblems(withAd({ headline: 'x'.repeat(41) })))).toBe(true);
    expect(isReady(planProblems(withAd({ headline: '' })))).toBe(false);
    expect(codes(plan({ brief: { ...brief, goal: 'SALES' } }))).toEqual(['sales_not_countable']);
  });

  it('needs a place, an audience and an ad', () => {
    expect(codes(plan({ countries: [], cities: [] }))).toContain('no_place');
    expect(codes(plan({ ads: [] }))).toContain('no_ads');
    expect(codes(plan({ ageMin: 17 }))).toContain('age_range');
  });
});

describe('planDiff', () => {
  it('is empty between a plan and itself', () => {
    expect(planDiff(plan(), plan())).toEqual([]);
  });

  it('shows a cheaper budget once, with what it changes in expectations', () => {
    const labels = planDiff(
      plan(),
      plan({ brief: { ...brief, monthlyBudget: { minor: '15000', currency: 'EUR' } } }),
    ).map((change) => change.label);
    expect(labels).toEqual(['daily_budget', 'monthly_ceiling', 'expected_results', 'expected_clicks']);
  });

  it('names the ad whose words changed, and ads that came or went', () => {
    const after = plan({ ads: [idea(1), idea(2, { headline: 'Fresh cakes' })] });
    expect(planDiff(plan(), after)).toEqual([
      { label: 'ad_removed', subject: 'ad-3', before: 'Cakes 3', after: null },
      { label: 'ad_headline', subject: 'ad-2', before: 'Cakes 2', after: 'Fresh cakes' },
    ]);
  });
});
