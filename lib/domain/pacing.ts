/**
 * What a platform may spend at most, in whole minor units. Meta may take up to 175 % of a daily budget on one day and
 * at most seven times it within a week (Marketing API since v24, corrections.md X34).
 */

/** Hundredths of a daily budget one day may cost. */
const DAY_SHARE = 175n;
/** Hundredths of a daily budget one week may cost. */
const WEEK_SHARE = 700n;

/**
 * The most `days` days in a row may cost at one daily budget, wherever a platform's week begins: 31 days are up to 35
 * daily budgets, because two broken weeks may each take all seven. Rounded up.
 * @param dailyMinor minor units @param days whole days; none or less cost nothing
 */
export function mostSpend(dailyMinor: bigint, days: number): bigint {
  if (days <= 0 || dailyMinor <= 0n) return 0n;
  let most = 0n;
  for (let first = 0; first < 7; first += 1) {
    const rest = days - first;
    if (rest < 0) break;
    const shares = brokenWeek(first) + BigInt(Math.floor(rest / 7)) * WEEK_SHARE + brokenWeek(rest % 7);
    if (shares > most) most = shares;
  }
  return (dailyMinor * most + 99n) / 100n;
}

function brokenWeek(days: number): bigint {
  const shares = BigInt(days) * DAY_SHARE;
  return shares > WEEK_SHARE ? WEEK_SHARE : shares;
}

/** How many days from today fit into an amount at a daily budget, at most `days`. */
export function daysThatFit(dailyMinor: bigint, days: number, amountMinor: bigint): number {
  let fitting = days;
  while (fitting > 0 && mostSpend(dailyMinor, fitting) > amountMinor) fitting -= 1;
  return fitting;
}

/** A campaign's account month: what is behind it at most, and the daily budget that counts from a day on. */
export type Exposure = {
  /** The most that the days before `from` can have cost. */
  baseMinor: bigint;
  dailyMinor: bigint;
  /** Days from the first one the daily budget counts for until the day the ads end or the month is over. */
  daysLeft: number;
};

export function exposureOf(exposure: Exposure): bigint {
  return exposure.baseMinor + mostSpend(exposure.dailyMinor, exposure.daysLeft);
}

type Change = {
  before: Exposure;
  /** Days since the daily budget began to count, today not among them. */
  daysBehind: number;
  /** What those days really cost, where it is known for sure; null: the most they can have cost is taken. */
  spentBehindMinor: bigint | null;
  /** What is known of it already: somebody may have raised a budget at the platform, so it counts where it is more. */
  leastBehindMinor?: bigint;
  /** Sum of everything that goes up, minor units a day. */
  raisedMinor: bigint;
  /** The daily budget of all ad sets together after the change. */
  dailyMinor: bigint;
};

/**
 * The exposure after budgets change today. Today counts with the larger of each ad set's two budgets, because the
 * smaller one's dearest day may be spent already.
 */
export function exposureAfter(change: Change): Exposure {
  const { before, daysBehind, spentBehindMinor, leastBehindMinor = 0n, raisedMinor } = change;
  const atMost = before.baseMinor + mostSpend(before.dailyMinor, daysBehind);
  const behind = spentBehindMinor ?? (leastBehindMinor > atMost ? leastBehindMinor : atMost);
  return {
    baseMinor: behind + mostSpend(before.dailyMinor + raisedMinor, 1),
    dailyMinor: change.dailyMinor,
    daysLeft: before.daysLeft - daysBehind - 1,
  };
}
