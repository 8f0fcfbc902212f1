import { describe, expect, it } from 'vitest';
import type { TickPoint, Trouble, WatchFacts } from '../../../../lib/domain/optimization/watch/types';
import { watchForTrouble } from '../../../../lib/domain/optimization/watch/watch-for-trouble';
import { randomFrom } from '../../../../lib/domain/statistics/random';

/** A shop with 60 clicks a tick at one result in 25; `at` bends single ticks. */
function shop(ticks: number, at: (tick: number) => Partial<TickPoint> & { rate?: number } = () => ({}), seed = 1) {
  const random = randomFrom(seed);
  return Array.from({ length: ticks }, (_, tick): TickPoint => {
    const { rate = 0.04, ...bent } = at(tick);
    const clicks = random.poisson(60);
    return {
      tick,
      spendMinor: 6000,
      impressions: 6000,
      clicks,
      landingPageViews: random.poisson(0.8 * clicks),
      results: random.poisson(rate * clicks),
      ...bent,
    };
  });
}

function facts(points: readonly TickPoint[], more: Partial<WatchFacts> = {}): WatchFacts {
  const tick = points.at(-1)?.tick ?? 0;
  return { tick, completeThrough: tick, dailyBudgetMinor: 36_000, siteAnswers: true, ...more };
}

const look = (points: readonly TickPoint[], more: Partial<WatchFacts> = {}) =>
  watchForTrouble(points, facts(points, more));
const kinds = (active: readonly Trouble[]) => active.map(({ kind, answer }) => `${kind}:${answer}`);

describe('watchForTrouble', () => {
  it('asks in at most 5 per cent of 40 calm shops over eight weeks, pauses none, and freezes in under 2 per cent of their ticks', () => {
    let [frozen, paused, looks] = [0, 0, 0];
    const asked = new Set<number>();
    for (let seed = 1; seed <= 40; seed += 1) {
      const points = shop(336, undefined, seed);
      for (let end = 40; end <= 336; end += 4) {
        const { active } = look(points.slice(0, end));
        looks += 1;
        if (active.length > 0) frozen += 1;
        if (active.some(({ answer }) => answer === 'pause')) paused += 1;
        if (active.some(({ answer }) => answer === 'ask')) asked.add(seed);
      }
    }
    expect(paused).toBe(0);
    expect(asked.size / 40).toBeLessThanOrEqual(0.05);
    expect(frozen / looks).toBeLessThan(0.02);
  });

  it('stops in the very tick the home page fails, keeps the first tick as its beginning, and lets go when it answers', () => {
    const points = shop(60);
    const first = look(points, { siteAnswers: false });
    expect(kinds(first.active)).toEqual(['site_down:pause']);
    const second = look(shop(61), { siteAnswers: false, open: first.active });
    expect(second.active[0]?.since).toBe(59);
    const unknown = look(shop(62), { siteAnswers: null, open: second.active });
    expect(kinds(unknown.active)).toEqual(['site_down:pause']);
    const third = look(shop(63), { siteAnswers: true, open: unknown.active });
    expect(third.active).toEqual([]);
    expect(third.released.map(({ kind }) => kind)).toEqual(['site_down']);
  });

  it('goes on spending while only the counting is lost, and lets go when page views and results are back', () => {
    const lost = shop(62, (tick) => (tick >= 60 ? { landingPageViews: 0, results: 0 } : {}));
    const { active } = look(lost);
    expect(kinds(active)).toEqual(['tracking_lost:freeze']);
    const later = shop(66, (tick) => (tick >= 60 && tick < 64 ? { landingPageViews: 0, results: 0 } : {}));
    expect(look(later, { open: active }).active).toEqual([]);
  });

  it('asks when it cannot tell a dead shop from lost counting because nobody looked at the home page', () => {
    const lost = shop(62, (tick) => (tick >= 60 ? { landingPageViews: 0, results: 0 } : {}));
    expect(kinds(look(lost, { siteAnswers: null }).active)).toEqual(['tracking_lost:ask']);
  });

  it('freezes first and asks soon after when clicks go on and results do not', () => {
    const answers = [61, 62, 63, 64, 65, 66, 68, 70].map((end) => {
      const points = shop(end, (tick) => (tick >= 60 ? { rate: 0 } : {}));
      return look(points).active[0]?.answer ?? 'none';
    });
    expect(answers[0]).toBe('none');
    expect(answers).toContain('freeze');
    expect(answers.slice(-2)).toEqual(['ask', 'ask']);
  });

  it('stops on the owner’s "broken" until the owner says fine, and only freezes on "tracking broken"', () => {
    const points = shop(70, (tick) => (tick >= 60 ? { rate: 0 } : {}));
    const asked = look(points).active;
    const broken = look(points, { open: asked, answer: 'site-broken' });
    expect(kinds(broken.active)).toEqual(['checkout_broken:pause']);
    expect(kinds(look(points, { open: broken.active }).active)).toContain('checkout_broken:pause');
    expect(look(points, { open: broken.active, answer: 'all-fine' }).active).toEqual([]);
    expect(kinds(look(points, { open: asked, answer: 'tracking-broken' }).active)).toContain('tracking_lost:freeze');
  });

  it('is quiet after "all fine" for as long as it is told to be', () => {
    const points = shop(70, (tick) => (tick >= 60 ? { rate: 0 } : {}));
    expect(look(points, { quietUntil: 80 }).active).toEqual([]);
  });

  it('leaves the platform its 175 per cent of a day and stops beyond', () => {
    const day = (spend: number) => shop(66, (tick) => (tick >= 60 ? { spendMinor: spend, impressions: spend } : {}));
    expect(look(day(10_500)).active).toEqual([]);
    expect(kinds(look(day(11_500)).active)).toEqual(['runaway_spend:pause']);
    // A new day starts from nought.
    expect(
      look(shop(67, (tick) => (tick >= 60 && tick < 66 ? { spendMinor: 11_500, impressions: 11_500 } : {}))).active,
    ).toEqual([]);
  });

  it('notices doubled prices within a day and missing rows within eight hours, and freezes on both', () => {
    const dear = shop(120, (tick) => (tick >= 114 ? { impressions: 3000 } : {}));
    expect(kinds(look(dear).active)).toEqual(['price_spike:freeze']);
    expect(kinds(look(shop(60), { completeThrough: 57 }).active)).toEqual(['missing_data:freeze']);
    expect(look(shop(60), { completeThrough: 58 }).active).toEqual([]);
  });

  it('says nothing of silence where no result is tracked', () => {
    expect(look(shop(80, () => ({ results: null }))).active).toEqual([]);
  });
});
