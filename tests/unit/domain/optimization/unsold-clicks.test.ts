import { describe, expect, it } from 'vitest';
import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import type { OwnerAnswer } from '../../../../lib/domain/optimization/optimizer/types';
import { unsoldClicks } from '../../../../lib/domain/optimization/watch/unsold-clicks';

/** Sales of one tick's clicks, by how many ticks later each is reported. */
const DELAYS = [0, 0, 1, 2, 4, 6];
const BREAKS = 120;

/** From tick 120 on either no click sells ('checkout') or nothing is reported ('tracking'). */
function broken(
  what: 'checkout' | 'tracking',
  answers: (asked: number, tick: number) => OwnerAnswer | null,
  ticks = 150,
) {
  const optimizer = createOptimizer({ seed: 1, margin: 0.4 });
  const said: string[] = [];
  let [on, asked] = [true, -1];
  const clickedAt: boolean[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    clickedAt[tick] = on;
    const sells = (at: number) => clickedAt[at] === true && (what === 'tracking' || at < BREAKS);
    const reported = (at: number, by: number) =>
      sells(at) ? DELAYS.filter((d) => at + d <= by && (what === 'checkout' || at + d < BREAKS)).length : 0;
    let results = 0;
    for (let at = Math.max(0, tick - 6); at <= tick; at += 1) results += reported(at, tick) - reported(at, tick - 1);
    const clicks = on ? 150 : 0;
    const decisions = optimizer.step({
      tick,
      siteAnswers: true,
      answer: asked >= 0 ? answers(asked, tick) : null,
      adSets: [{ key: 's', dailyBudgetMinor: 90_000, on }],
      ads: [{ key: 'a', adSetKey: 's' }],
      rows: [
        { adKey: 'a', impressions: 100 * clicks, clicks, spendMinor: 100 * clicks, landingPageViews: clicks, results },
      ],
      restated: (from, to) => {
        let sum = 0;
        for (let at = Math.max(0, from); at <= to; at += 1) sum += reported(at, tick);
        return [{ adKey: 'a', clicks: 150 * (to - from + 1), results: sum, valueMinor: 5000 * sum }];
      },
    });
    for (const { action } of decisions) {
      if (action.kind === 'ask_owner' && asked < 0) asked = tick;
      if (action.kind === 'pause_ad_set' || action.kind === 'resume_ad_set') on = action.kind === 'resume_ad_set';
      said.push(`${tick} ${action.kind}`);
    }
  }
  return { said, asked, on };
}

describe('the latest clicks against what they sold', () => {
  it('late sales of earlier clicks no longer hide a broken checkout: it is asked and rested within a day', () => {
    const { said, asked } = broken('checkout', () => null, BREAKS + 8);
    expect(asked).toBeGreaterThanOrEqual(BREAKS);
    expect(asked).toBeLessThan(BREAKS + 6);
    expect(said).toContain(`${asked} pause_ad_set`);
  });

  it('goes on when the owner says all is fine, and by itself after two days without an answer', () => {
    expect(broken('checkout', (at, tick) => (tick === at + 2 ? 'all-fine' : null), BREAKS + 10).on).toBe(true);
    const { said, asked } = broken('checkout', () => null);
    expect(said).toContain(`${asked + 12} resume_ad_set`);
  });

  it('spending goes on where nothing at all is reported: counting may be lost while sales go on', () => {
    const { said, asked } = broken('tracking', () => null, BREAKS + 8);
    expect(asked).toBeGreaterThanOrEqual(BREAKS);
    expect(said.some((one) => one.endsWith('pause_ad_set'))).toBe(false);
  });

  it('one sale counts for more than three that were to be expected', () => {
    expect(unsoldClicks([{ from: 5, reportable: 300, results: 0 }], 0.02)?.from).toBe(5);
    expect(unsoldClicks([{ from: 5, reportable: 200, results: 1 }], 0.02)).toBeNull();
  });
});
