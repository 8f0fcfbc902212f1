import { quantile } from 'simple-statistics';

/** Share of a day's money usually spent by the end of each slot of the day, with the band 80 % of days stay in. */
export type PacingCurve = { usual: number[]; low: number[]; high: number[]; days: number };

const MIN_DAYS = 7;
/** Days on which nearly nothing was spent say nothing about the hour. */
const LEAST_SHARE_OF_MEDIAN = 0.2;

/**
 * The account's own curve over the slots of a day (24 hours, six ticks …), from the spend of complete days. Null under
 * seven usable days or when their slots differ in number. Days of 23 or 25 hours should be left out by the caller.
 */
export function pacingCurve(days: readonly (readonly number[])[]): PacingCurve | null {
  const slots = days[0]?.length ?? 0;
  const totals = days.map((day) => day.reduce((sum, spend) => sum + spend, 0));
  const middle = totals.length > 0 ? quantile(totals, 0.5) : 0;
  const usable = days.filter((day, index) => {
    const total = totals[index] ?? 0;
    return day.length === slots && total > 0 && total >= LEAST_SHARE_OF_MEDIAN * middle;
  });
  if (slots === 0 || usable.length < MIN_DAYS) return null;
  const shares = usable.map(cumulativeShares);
  const at = (p: number) =>
    Array.from({ length: slots }, (_, slot) =>
      quantile(
        shares.map((share) => share[slot] ?? 0),
        p,
      ),
    );
  return { usual: at(0.5), low: at(0.1), high: at(0.9), days: usable.length };
}

function cumulativeShares(day: readonly number[]): number[] {
  const total = day.reduce((sum, spend) => sum + spend, 0);
  let soFar = 0;
  return day.map((spend) => {
    soFar += spend;
    return soFar / total;
  });
}

/** Where a day that has spent so much by the end of `slot` is heading, minor units; null while the curve is at nought. */
export function headingFor(curve: PacingCurve, slot: number, spentMinor: number): number | null {
  const share = curve.usual[slot] ?? 0;
  return share > 0.02 ? spentMinor / share : null;
}
