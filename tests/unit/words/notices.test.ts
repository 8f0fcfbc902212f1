import { describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { actionAsked, actionDone, actionTitle, reasonSentences } from '@/lib/words/en/actions';
import { NOTICE_KEYS, noticeText } from '@/lib/words/en/notices';

const BANNED = /\b(CTR|CPC|CPM|ROAS|impressions?|ad sets?|campaigns?|undefined|NaN|null|ad-\d)\b|[{}]/i;
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });

const ACTIONS: CampaignAction[] = [
  { kind: 'pause_ad', adKey: 'ad-2' },
  { kind: 'resume_ad', adKey: 'ad-2' },
  { kind: 'pause_campaign' },
  { kind: 'resume_campaign' },
  { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1000), to: eur(1200) },
  {
    kind: 'shift_budget',
    moves: [
      { adSetKey: 'adset-1', from: eur(1000), to: eur(900) },
      { adSetKey: 'adset-2', from: eur(1000), to: eur(1100) },
    ],
  },
  { kind: 'swap_creative', adKey: 'ad-2', reserveKey: 'reserve-1' },
];

describe('notices', () => {
  it('are plain sentences, also with nothing filled in', () => {
    for (const key of NOTICE_KEYS) {
      const { title, body } = noticeText(
        key,
        {
          campaign: 'Birthday cakes',
          ad: 'Cakes',
          sentence: 'Done.',
          since: '2026-11-16',
          until: '2026-11-22',
          currency: 'EUR',
        },
        'en',
      );
      expect(`${title} ${body}`).not.toMatch(BANNED);
      expect(body).toMatch(/[.?”"]$/);
    }
  });

  it('tell an account’s past with its ranges and counts, and a difference as a guess', () => {
    const range = (name: string, low: number, high: number) => ({
      [`${name}LowMinor`]: String(low),
      [`${name}HighMinor`]: String(high),
    });
    const seen = { day: '2026-11-13', days: 31, clicks: 1500, spendMinor: '62000', currency: 'EUR' };
    const learned = {
      ...seen,
      goal: 'SALES',
      results: 41,
      ...range('click', 38, 45),
      ...range('result', 1300, 1800),
      better: 'Warm photo',
      worse: 'Plain photo',
      betterResults: 30,
      worseResults: 11,
      ...range('better', 1000, 1500),
      ...range('worse', 2000, 3500),
    };
    const { body } = noticeText('past_learned', learned, 'en');
    expect(body).toContain('ran on 31 days and cost €620. A click cost between €0.38 and €0.45 (1,500 clicks).');
    expect(body).toContain('Each sale cost between €13 and €18 (41 sales).');
    expect(body).toContain('“Warm photo” seems to have brought more');
    expect(body).toMatch(/a guess to test, not yet something to rely on\.$/);
    const {
      better: _better,
      resultLowMinor: _low,
      ...few
    } = { ...learned, results: 3 } as Record<string, string | number>;
    expect(noticeText('past_learned', few, 'en').body).toMatch(
      /There were 3 sales: too few to say what each one costs\.$/,
    );
    expect(noticeText('past_little', { ...seen, clicks: 1, days: 1 }, 'en').body).toMatch(
      /ran on 1 day and cost €620\. With 1 click, that is too little to learn from\./,
    );
    for (const check of ['nothing_counted', 'clicks_without_results']) {
      const text = noticeText('past_learned', { ...learned, check }, 'en').body;
      expect(text.length).toBeGreaterThan(body.length);
      expect(text).not.toMatch(BANNED);
    }
  });

  it('say something sensible about a key from a newer version', () => {
    expect(noticeText('from_the_future', {}, 'en').body).toBe('Open the chat to see what happened.');
  });

  it('never call anything live but what the platform shows', () => {
    const live = NOTICE_KEYS.filter((key) => /\blive\b/.test(noticeText(key, {}, 'en').title));
    expect(live).toEqual(['campaign_live']);
  });
});

describe('actions in words', () => {
  it.each(ACTIONS)('$kind is said before, after and taken back, by name and in money', (action) => {
    const said = {
      action,
      subject: 'Birthday cakes',
      campaign: 'Cakes for parents',
      isUndo: false,
      approvedByOwner: false,
    };
    for (const sentence of [
      actionDone(said, 'en'),
      actionDone({ ...said, isUndo: true }, 'en'),
      actionTitle(said),
      actionAsked(said, 'en'),
    ]) {
      expect(sentence).not.toMatch(BANNED);
      expect(sentence).toMatch(/^[“"A-Z]/u);
    }
    expect(actionDone({ ...said, approvedByOwner: true }, 'en')).toContain('as you approved');
  });

  it('names both amounts of a budget change exactly', () => {
    expect(actionAsked({ action: ACTIONS[4] as CampaignAction, subject: null }, 'en')).toBe(
      'Raise the daily budget from €10 to €12',
    );
  });

  it('leaves out reasons it does not know', () => {
    expect(reasonSentences(['raises_total', 'from_the_future'])).toHaveLength(1);
  });
});
