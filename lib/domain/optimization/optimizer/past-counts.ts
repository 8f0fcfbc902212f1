import type { OptimizerOptions, PastCounts } from './types';

/** What was counted before is a selection and a season ago: at most half of it counts, and never as more than this. */
const MOST_SHARE = 0.5;
const MOST_CLICKS = 60;
const MOST_RESULTS = 8;
/** Results per click where nothing at all is known yet, only to weigh a past without results. */
const USUAL_PER_CLICK = 0.02;

type Counted = { key: string; clicks: number; spendMinor: number; results: number; counted: number };

/** An ad set's numbers with its own past added as a few pseudo-clicks and pseudo-results, which its days soon outweigh. */
export function withPast<One extends Counted>(all: readonly One[], past: OptimizerOptions['past']): One[] {
  const sum = (of: (one: One) => number) => all.reduce((total, one) => total + of(one), 0);
  const perClick = sum((one) => one.results) > 0 ? sum((one) => one.results) / sum((one) => one.counted) : 0;
  return all.map((one) => {
    const known = past?.adSets?.[one.key];
    if (!known) return one;
    const quick = shareOf(known.clicks, MOST_CLICKS);
    const slow = shareOf(Math.max(known.results, known.clicks * (perClick || USUAL_PER_CLICK)), MOST_RESULTS);
    return {
      ...one,
      clicks: one.clicks + quick * known.clicks,
      spendMinor: one.spendMinor + quick * known.spendMinor,
      results: one.results + slow * known.results,
      counted: one.counted + slow * known.clicks,
    };
  });
}

/** What the account's past says of results per click, as the few pseudo-results it counts for; none where it says nothing. */
export function pastResults(account: PastCounts | undefined): { results: number; counted: number } {
  if (!account || account.clicks <= 0 || account.results <= 0) return { results: 0, counted: 0 };
  const share = shareOf(account.results, MOST_RESULTS);
  return { results: share * account.results, counted: share * account.clicks };
}

function shareOf(count: number, most: number): number {
  return Math.min(MOST_SHARE, most / Math.max(1e-9, count));
}

/** Mean value of a result of the account's past, minor units; null where it says nothing. */
export function pastValue(account: PastCounts | undefined): number | null {
  return account && account.results > 0 && account.valueMinor > 0 ? account.valueMinor / account.results : null;
}

/** Results after which an account's own past says more of its return than what accounts usually get. */
const TRUSTED_RESULTS = 10;
/** How far an account's return wanders between its past and now (variance of the logarithm). */
const SINCE_THEN = 0.1;

/** What return to expect before a day was counted: what accounts usually get, moved towards the account's own past. */
export function usualReturn(
  usual: { logReturn: number; variance: number },
  account: PastCounts | undefined,
): { logReturn: number; variance: number } {
  if (!account || account.results <= 0 || account.spendMinor <= 0 || account.valueMinor <= 0) return usual;
  const trust = account.results / (account.results + TRUSTED_RESULTS);
  return {
    logReturn: (1 - trust) * usual.logReturn + trust * Math.log(account.valueMinor / account.spendMinor),
    variance: (1 - trust) * usual.variance + trust * SINCE_THEN,
  };
}
