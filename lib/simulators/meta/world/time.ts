import { accountClock } from '../../market/market';
import type { Json } from './types';

/** 2026-05-12T10:45:09-0700, in the given zone. */
export function formatTime(ms: number, zone: string): string {
  const offset = accountClock(zone).offsetMinutes(ms);
  const local = new Date(Math.floor(ms / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${local}${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
}

/** Reads ISO 8601, unix seconds or `YYYY-MM-DD HH:MM:SS TZ`; null when it is none of them. */
export function parseTime(value: Json | undefined, zone: string): number | null {
  if (typeof value === 'number') return value * 1000;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000;

  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(.*)$/.exec(text);
  if (!parts) return null;
  const [, date, time = '00:00:00', suffix = ''] = parts;
  const local = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (Number.isNaN(local)) return null;

  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(suffix);
  if (offset) return local - (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000;
  if (suffix === 'Z' || suffix === 'UTC' || suffix === 'GMT') return local;
  const named = suffix === 'PST' ? -480 : suffix === 'PDT' ? -420 : accountClock(zone).offsetMinutes(local);
  return local - named * 60_000;
}
