import { robustZ } from '../../statistics/anomaly';
import type { TickPoint } from './types';

const TICKS_PER_DAY = 6;
const DAYS_BEFORE = 14;
const MIN_DAYS_BEFORE = 7;
/** Below this spread of daily log prices a robust z would see spikes in nothing. */
const FLOOR = 0.05;
export const SPIKE_Z = 5;

/** Robust z of the newest day's log price of a showing against the two weeks before; null with too little of either. */
export function priceZ(points: readonly Pick<TickPoint, 'spendMinor' | 'impressions'>[]): number | null {
  const daily: number[] = [];
  for (let end = points.length; end >= TICKS_PER_DAY && daily.length <= DAYS_BEFORE; end -= TICKS_PER_DAY) {
    let [spend, impressions] = [0, 0];
    for (let at = end - TICKS_PER_DAY; at < end; at += 1) {
      spend += points[at]?.spendMinor ?? 0;
      impressions += points[at]?.impressions ?? 0;
    }
    if (spend > 0 && impressions > 0) daily.push(Math.log(spend / impressions));
    else if (daily.length === 0) return null;
  }
  const [today, ...before] = daily;
  if (today === undefined || before.length < MIN_DAYS_BEFORE) return null;
  return robustZ(today, before, FLOOR);
}
