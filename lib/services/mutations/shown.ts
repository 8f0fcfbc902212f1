import type { RemoteSeen } from '../../platforms/port';

/** What of an object an action can change, as it stood. */
export function shownOf(seen: RemoteSeen): {
  status: string | null;
  dailyBudget: { minor: string; currency: string } | null;
  creativeId: string | null;
} {
  return {
    status: seen.status,
    creativeId: seen.creativeId,
    dailyBudget: seen.dailyBudget
      ? { minor: seen.dailyBudget.minor.toString(), currency: seen.dailyBudget.currency }
      : null,
  };
}
