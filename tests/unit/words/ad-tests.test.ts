import { describe, expect, it } from 'vitest';
import type { AdTestTerms } from '@/lib/domain/ad-test';
import { testCardLines, testRefusal, testWishSentence } from '@/lib/words/en/ad-tests';
import { noticeText } from '@/lib/words/en/notices';

const BANNED = /\b(CTR|CPC|CPM|ROAS|impressions?|ad sets?|p-value|significan\w+|undefined|NaN|null|ad-\d)\b|[{}]/i;
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const terms: AdTestTerms = {
  id: '0b6d2c1e-6a3f-4c57-9d5e-2f3a4b5c6d7e',
  level: 'ad',
  drawnBy: 'platform',
  arms: ['ad-1', 'ad-2'],
  adSetKey: 'adset-1',
  measure: 'results',
  question: null,
  seesPercent: 30,
  days: 12,
  answerBy: '2026-12-10',
  sizing: { detectableLift: 0.2, baseRate: 0.01, exposurePerDay: 4000 },
  moves: [],
};
const groups: AdTestTerms = {
  ...terms,
  level: 'adset',
  arms: ['adset-1', 'adset-2'],
  adSetKey: null,
  moves: [{ adSetKey: 'adset-1', from: eur(700), to: eur(500) }],
};
const cases = [
  terms,
  { ...terms, measure: 'clicks' as const },
  groups,
  { ...groups, drawnBy: 'lot' as const, moves: [] },
];

describe('a comparison in words', () => {
  it('says on its card what it sees, by when, what it costs and who decides, in plain words', () => {
    for (const test of cases) {
      const lines = testCardLines(test, 'en');
      const said = lines.map(({ label, text }) => `${label}: ${text}`).join(' ');
      expect(said).not.toMatch(BANNED);
      expect(said).toMatch(/30% .*four times out of five/);
      expect(said).toContain('Dec 10');
      expect(said).toContain('Nothing more.');
      for (const { text } of lines) expect(text).toMatch(/\.$/);
      expect(testWishSentence({ test, names: ['Cakes', 'Bread'] }, 'en')).not.toMatch(BANNED);
    }
  });

  it('calls nothing a draw by lot that is Facebook’s choice, on the card and in the result', () => {
    for (const test of cases) {
      const draw = testCardLines(test, 'en').find(({ label }) => label === 'Who sees what')?.text ?? '';
      expect(/Facebook draws by lot/.test(draw)).toBe(test.drawnBy === 'lot');
      const { body } = noticeText(
        'ad_test_won',
        {
          ...test,
          moves: 0,
          arms: 0,
          sizing: 0,
          adSetKey: '',
          question: '',
          leader: 'Cakes',
          other: 'Bread',
          currency: 'EUR',
          leaderEachMinor: 500,
          otherEachMinor: 700,
          leaderPerThousand: 20,
          otherPerThousand: 10,
        },
        'en',
      );
      expect(body).not.toMatch(BANNED);
      expect(/drew by lot/.test(body)).toBe(test.drawnBy === 'lot');
      expect(body).toContain('one time in twenty');
    }
  });

  it('has a plain sentence for every refusal and every early end', () => {
    for (const refused of [
      'nothing_runs',
      'runs_already',
      'not_running',
      'needs_two_arms',
      'needs_two_groups',
      'nothing_comes_in',
      'budgets_cannot_be_halved',
      'too_small_to_see',
      'not_an_ad_yet',
    ])
      for (const days of [null, 92]) {
        const said = testRefusal({ refused, days, names: ['Cakes for dogs'] }, 'en');
        expect(said).not.toMatch(BANNED);
        expect(said).toMatch(/\.$/);
      }
    expect(testRefusal({ refused: 'too_small_to_see', days: 92 }, 'en')).toContain('92 days');
    for (const level of ['ad', 'adset'])
      for (const cause of ['arm_gone', 'budgets_changed', 'draw_ended']) {
        const { body } = noticeText('ad_test_cancelled', { campaign: 'Cakes', level, cause }, 'en');
        expect(body).toMatch(/Nothing is concluded from it\.$/);
        expect(body).not.toMatch(BANNED);
      }
  });
});
