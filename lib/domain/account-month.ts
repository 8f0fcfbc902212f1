import { addDays, daysBetween } from './time';

/** A month in the zone of an ad account, as it stands on one of its days. */
export type AccountMonth = {
  /** "2026-11" in the account's zone. */
  month: string;
  today: string;
  /** First day that is not in it any more. */
  end: string;
  /** Days left, today among them. */
  daysLeft: number;
};

/** The account month of a day of the account, "2026-11-21". */
export function monthOfDay(today: string): AccountMonth {
  const month = today.slice(0, 7);
  const end = `${addDays(`${month}-01`, 31).slice(0, 7)}-01`;
  return { month, today, end, daysLeft: daysBetween(today, end) };
}
