import { describe, expect, it } from 'vitest';
import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import { pastResults } from '../../../../lib/domain/optimization/optimizer/past-counts';
import type { PastCounts } from '../../../../lib/domain/optimization/optimizer/types';

const sold = (more: Partial<PastCounts> = {}): PastCounts => ({
  clicks: 2000,
  spendMinor: 200_000,
  results: 40,
  valueMinor: 80_000,
  ...more,
});

/** Ads of one ad set with so many clicks a tick and no result; returns each action's reason with its day. */
function unsold(clicks: readonly number[], days: number, account?: PastCounts): string[] {
  const optimizer = createOptimizer({
    seed: 1,
    margin: 0.5,
    mayLowerTotal: false,
    ...(account ? { past: { account } } : {}),
  });
  const said: string[] = [];
  for (let tick = 0; tick < 6 * days; tick += 1) {
    const decisions = optimizer.step({
      tick,
      adSets: [{ key: 's', dailyBudgetMinor: 5000 }],
      ads: clicks.map((_, at) => ({ key: `a${at}`, adSetKey: 's' })),
      rows: clicks.map((own, at) => ({ tick, adKey: `a${at}`, impressions: 300, clicks: own, spendMinor: 300 })),
    });
    for (const { action, reason } of decisions)
      if (action.kind === 'pause_ad') said.push(`${Math.floor(tick / 6)} ${reason}`);
    if (said.length > 0) break;
  }
  return said;
}

describe('an account’s past', () => {
  // A sale worth 400: nothing is overdue yet.
  const dear = sold({ valueMinor: 1_600_000 });

  it('keeps clicks from deciding alone where results are known to come', () => {
    expect(unsold([24, 12, 24], 2)).toEqual(['1 pause-bad-ad']);
    expect(unsold([24, 12, 24], 2, dear)).toEqual([]);
  });

  it('says what a sale is worth until one was seen: an ad that should have sold by now is stopped', () => {
    expect(unsold([5, 2, 5], 3)).toEqual([]);
    expect(unsold([5, 2, 5], 3, sold())).toEqual(['2 stop-loss']);
    expect(unsold([5, 2, 5], 3, dear)).toEqual([]);
  });

  it('counts as eight results at most, as half of what it was, and as nothing where nothing was counted', () => {
    expect(pastResults(sold())).toEqual({ results: 8, counted: 400 });
    expect(pastResults(sold({ results: 4, clicks: 100 }))).toEqual({ results: 2, counted: 50 });
    expect(pastResults(sold({ results: 0 }))).toEqual({ results: 0, counted: 0 });
    expect(pastResults(undefined)).toEqual({ results: 0, counted: 0 });
  });
});
