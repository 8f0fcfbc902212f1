import type { Season } from './types';

const HOUR_VOLUME = [
  0.62, 0.5, 0.42, 0.38, 0.38, 0.42, 0.58, 0.78, 0.95, 1.02, 1.05, 1.08, 1.15, 1.15, 1.08, 1.05, 1.08, 1.15, 1.25, 1.35,
  1.42, 1.38, 1.15, 0.85,
];
const WEEKDAY_VOLUME = [0.92, 1.02, 1.05, 1.05, 1.04, 1.0, 0.92];
const WEEKDAY_CONVERSION = [0.95, 1.03, 1.04, 1.03, 1.02, 0.98, 0.95];

/** How many people are there to be reached in this hour, relative to the mean. */
export function hourVolume(hour: number, season?: Season): number {
  return season?.hourVolume?.[hour] ?? HOUR_VOLUME[hour] ?? 1;
}

/** The part of a day's volume that lies in `hour` and after it. */
export function volumeFrom(hour: number, season?: Season): number {
  return (season?.hourVolume ?? HOUR_VOLUME).slice(hour).reduce((sum, weight) => sum + weight, 0);
}

export function dayVolume(season?: Season): number {
  return volumeFrom(0, season);
}

export function weekdayVolume(weekday: number, season?: Season): number {
  return season?.weekdayVolume?.[weekday] ?? WEEKDAY_VOLUME[weekday] ?? 1;
}

/** How readily people buy on this weekday (0 = Sunday) and at this hour, relative to the mean. */
export function conversionSeason(weekday: number, hour: number, season?: Season): number {
  const ofHour = season?.hourConversion?.[hour] ?? 1 + 0.06 * Math.cos(((hour - 20) / 24) * 2 * Math.PI);
  return (season?.weekdayConversion?.[weekday] ?? WEEKDAY_CONVERSION[weekday] ?? 1) * ofHour;
}

export function clickSeason(hour: number): number {
  return 1 + 0.04 * Math.cos(((hour - 13) / 24) * 2 * Math.PI);
}

/** A slow drift of rates over weeks, different for each account. */
export function drift(day: number, phase: number): number {
  return 1 + 0.06 * Math.sin(day / 17 + phase);
}
