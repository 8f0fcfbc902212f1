const DAY_MS = 86_400_000;
/** A long-lived token is renewed once it has fewer days than this left, and not tried again within a week. */
const RENEW_BELOW_DAYS = 30;
const RENEW_AGAIN_DAYS = 7;

/** When a login stops being of use: the token's end or the end of the access to data, whichever comes first. Null: never. */
export function loginEnd(ends: { tokenExpiresAt: Date | null; dataAccessExpiresAt: Date | null }): Date | null {
  const times = [ends.tokenExpiresAt, ends.dataAccessExpiresAt].flatMap((end) => (end ? [end.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** Whether it is time to ask for a longer life. A token without an end needs none, an ended one gets none. */
export function mayRenew(input: { tokenExpiresAt: Date | null; renewedAt: Date | null; now: Date }): boolean {
  const { tokenExpiresAt, renewedAt, now } = input;
  if (!tokenExpiresAt) return false;
  const left = tokenExpiresAt.getTime() - now.getTime();
  if (left <= 0 || left > RENEW_BELOW_DAYS * DAY_MS) return false;
  return !renewedAt || now.getTime() - renewedAt.getTime() >= RENEW_AGAIN_DAYS * DAY_MS;
}

/**
 * Which reminder is due: ten days before the end, and three. Each is said once per token; somebody who was asleep through
 * the tenth day hears only the later one.
 */
export function reminderDue(input: { endsAt: Date | null; remindedDays: number | null; now: Date }): 10 | 3 | null {
  if (!input.endsAt) return null;
  const daysLeft = (input.endsAt.getTime() - input.now.getTime()) / DAY_MS;
  if (daysLeft <= 0) return null;
  const due = daysLeft <= 3 ? 3 : daysLeft <= 10 ? 10 : null;
  if (due === null || (input.remindedDays !== null && input.remindedDays <= due)) return null;
  return due;
}
