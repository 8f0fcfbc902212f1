/**
 * Share of a day's results already reported, by the day's age in whole account days (0 = the day is still running).
 * Between a third and a half arrive within hours, two thirds within a day, the rest within the 7-day click window.
 */
const REPORTED_SHARE = [0.5, 0.72, 0.82, 0.88, 0.925, 0.96, 0.98] as const;

/** Days after which a row no longer grows; younger ones bind claims, not decisions that use corrected counts. */
export const MATURE_AFTER_DAYS = REPORTED_SHARE.length;

/** 0..1; 1 from the age at which nothing more is expected, 0 for a day that has not begun. */
export function reportedShare(ageDays: number): number {
  if (ageDays < 0) return 0;
  return REPORTED_SHARE[Math.floor(ageDays)] ?? 1;
}
