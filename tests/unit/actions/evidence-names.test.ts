import { describe, expect, it } from 'vitest';
import { namesOf } from '@/components/cards/evidence-view';
import { bakeryPlan } from '@/components/gallery/plan';
import type { Evidence } from '@/lib/domain/action';
import { planNames } from '@/lib/services/actions/subject-name';
import { explainEvidence } from '@/lib/words/en/evidence';

const evidence: Evidence = {
  rule: 'pause-bad-ad',
  facts: [
    { key: 'ad_shown_times', value: 4_000, subject: 'ad-2' },
    { key: 'best_ad_shown_times', value: 5_000, subject: 'ad-1' },
  ],
  confidence: 0.99,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-01',
  until: '2026-11-20',
};
const action = { kind: 'pause_ad' as const, adKey: 'ad-2' };

describe('the evidence of an action', () => {
  it('calls the ad it was compared with by its own headline', () => {
    const names = namesOf({ action, subjectName: 'You do the party. We do the cake.', names: planNames(bakeryPlan) });
    expect(explainEvidence(evidence, 'en', names).facts).toEqual([
      '“You do the party. We do the cake.” was shown 4,000 times.',
      'The best one beside it, “Birthday cake, ready on Saturday”, was shown 5,000 times.',
    ]);
  });

  it('of a card from before names were kept still reads as a sentence', () => {
    const { facts } = explainEvidence(evidence, 'en', namesOf({ action, subjectName: null }));
    expect(facts[1]).toBe('The best one beside it, another ad, was shown 5,000 times.');
  });

  it('knows every ad, reserve and group of a plan, and none where the plan is unknown', () => {
    const keys = bakeryPlan.adSets.flatMap((set) => [
      set.key,
      ...set.ads.map((ad) => ad.key),
      ...set.reserves.map((ad) => ad.key),
    ]);
    expect(Object.keys(planNames(bakeryPlan)).sort()).toEqual(keys.sort());
    expect(planNames(null)).toEqual({});
  });
});
