import type { OptimizerAction, TickInput } from '../../../../lib/domain/optimization/optimizer/types';
import { type MakePolicy, runningAds, Tally } from './policy';

const MIN_BUDGET = 300;

/**
 * The first design document as written, every 4 hours: pause below 0.3 % clicks after 1,000 showings, move a fifth of the
 * worst ad set's budget to the best by the last day's return, replace a creative at frequency 3.
 */
export const designRules: MakePolicy = () => {
  const seen = new Tally();
  return {
    step(input) {
      seen.add(input);
      return [...pauses(input, seen), ...shift(input, seen), ...rotations(input)];
    },
  };
};

export function pauses(input: TickInput, seen: Tally): OptimizerAction[] {
  return input.ads.flatMap((ad): OptimizerAction[] => {
    const sum = seen.ad(input, ad.key);
    const bad = ad.on && sum.impressions >= 1000 && sum.clicks / sum.impressions < 0.003;
    return bad && runningAds(input, ad.adSetKey).length > 1 ? [{ kind: 'pause_ad', adKey: ad.key }] : [];
  });
}

export function shift(input: TickInput, seen: Tally): OptimizerAction[] {
  const returns = input.adSets
    .map((adSet) => {
      const day = seen.adSet(input, adSet.key, 1);
      return { adSet, value: day.spend > 0 ? day.value / day.spend : 0 };
    })
    .sort((a, b) => a.value - b.value);
  const best = returns.at(-1);
  const worst = returns.find(({ adSet }) => adSet.dailyBudgetMinor > 1.2 * MIN_BUDGET);
  if (!worst || !best || worst === best || best.value <= worst.value) return [];
  const moved = Math.min(Math.round(0.2 * worst.adSet.dailyBudgetMinor), worst.adSet.dailyBudgetMinor - MIN_BUDGET);
  if (moved <= 0) return [];
  const to = (adSet: TickInput['adSets'][number], change: number): OptimizerAction => ({
    kind: 'set_budget',
    adSetKey: adSet.key,
    dailyBudgetMinor: adSet.dailyBudgetMinor + change,
  });
  return [to(worst.adSet, -moved), to(best.adSet, moved)];
}

export function rotations(input: TickInput): OptimizerAction[] {
  return input.adSets.flatMap((adSet): OptimizerAction[] => {
    const tired = runningAds(input, adSet.key).find((ad) => (ad.frequency ?? 0) > 3);
    return tired && adSet.stock > 0 ? [{ kind: 'replace_creative', adKey: tired.key }] : [];
  });
}
