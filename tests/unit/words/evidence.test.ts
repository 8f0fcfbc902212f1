import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFact } from '@/lib/domain/action';
import {
  EVIDENCE_ALTERNATIVE_KEYS,
  EVIDENCE_FACT_KEYS,
  EVIDENCE_WOULD_CHANGE_KEYS,
  RULE_IDS,
} from '@/lib/domain/optimization/evidence-keys';
import { explainEvidence } from '@/lib/words/en/evidence';

const MONEY = [
  'ad_spend',
  'best_ad_spend',
  'spend_looked_at',
  'cost_per_result',
  'cost_per_result_high',
  'expected_cost_low',
  'expected_cost_high',
  'result_value',
  'break_even_cost',
  'daily_budget_now',
  'daily_budget_new',
  'monthly_limit_now',
  'monthly_limit_new',
  'money_moved',
];
const SHARES = EVIDENCE_FACT_KEYS.filter((key) => key.startsWith('chance_'));
const TEXTS: Record<string, string> = { paused_on: '2026-11-18', reserve_key: 'reserve-1' };
const BANNED =
  /\b(CTR|CPC|CPM|ROAS|impressions?|ad sets?|campaigns?|conversions?|KPI|ad-\d|adset-\d|reserve-\d|undefined|NaN|null)\b/i;

function factOf(key: string, number: number): EvidenceFact {
  const value =
    TEXTS[key] ??
    (MONEY.includes(key)
      ? { minor: String(number), currency: 'EUR' }
      : (SHARES as string[]).includes(key)
        ? (number % 100) / 100
        : number);
  return { key, value, subject: 'ad-2' };
}

function evidenceOf(facts: EvidenceFact[]): Evidence {
  return {
    rule: 'pause-bad-ad',
    facts,
    confidence: 0.97,
    alternatives: [...EVIDENCE_ALTERNATIVE_KEYS],
    wouldChange: [...EVIDENCE_WOULD_CHANGE_KEYS],
    since: '2026-11-10',
    until: '2026-11-18',
  };
}

/** Every way a value may be printed, digits only. */
function printed(fact: EvidenceFact): string[] {
  if (typeof fact.value === 'object')
    return [fact.value.minor, String(Number(fact.value.minor) / 100), (Number(fact.value.minor) / 100).toFixed(2)].map(
      (text) => text.replace(/\D/g, ''),
    );
  if (typeof fact.value === 'string') return fact.value.split('-').map((part) => String(Number(part)));
  return [String(fact.value), String(Math.round(fact.value * 100))].map((text) => text.replace(/\D/g, ''));
}

describe('evidence in words', () => {
  it('has one sentence for every fact, alternative and counter-reason, without a word of the trade', () => {
    const words = explainEvidence(evidenceOf(EVIDENCE_FACT_KEYS.map((key) => factOf(key, 12))), 'en', {
      'ad-2': 'Birthday cakes',
    });
    expect(words.facts).toHaveLength(EVIDENCE_FACT_KEYS.length);
    expect(words.alternatives).toHaveLength(EVIDENCE_ALTERNATIVE_KEYS.length);
    expect(words.wouldChange).toHaveLength(EVIDENCE_WOULD_CHANGE_KEYS.length);
    for (const sentence of [...words.facts, ...words.alternatives, ...words.wouldChange]) {
      expect(sentence).toMatch(/^[“A-Z€0-9].*\.$/u);
      expect(sentence).not.toMatch(BANNED);
    }
  });

  it('has a reason for every rule', () => {
    const reasons = RULE_IDS.map((rule) => explainEvidence({ ...evidenceOf([]), rule }, 'en').because);
    expect(new Set(reasons).size).toBe(RULE_IDS.length);
    for (const reason of reasons) expect(reason).not.toMatch(BANNED);
  });

  it('says no number that the evidence does not hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVIDENCE_FACT_KEYS), fc.integer({ min: 0, max: 999_999 }), (key, value) => {
        const fact = factOf(key, value);
        const said =
          explainEvidence(evidenceOf([fact]), 'en')
            .facts.join(' ')
            .replace(/(\d)[,.](?=\d)/g, '$1')
            .match(/\d+/g) ?? [];
        for (const number of said) expect(printed(fact)).toContain(number);
      }),
    );
  });

  it('leaves out what it does not know instead of showing a key', () => {
    const words = explainEvidence(
      {
        ...evidenceOf([{ key: 'from_the_future', value: 3 }]),
        alternatives: ['later'],
        wouldChange: ['later'],
        rule: 'later',
      },
      'en',
    );
    expect(words).toMatchObject({ facts: [], alternatives: [], wouldChange: [] });
    expect(words.because).not.toContain('later');
  });
});
