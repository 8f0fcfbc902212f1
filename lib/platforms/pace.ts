import { log } from '../runtime/log';
import { processWide } from '../runtime/process-wide';
import type { PaceKey, PaceNews, PaceStanding, PlatformPace, Urgency } from './port';

/**
 * From which share of a limit a kind of call is no longer sent, in percent. The rest is the reserve of stops: pausing an ad
 * never waits, so it has no limit here.
 */
const HELD_FROM: Record<Urgency, number> = {
  background: 75,
  read: 90,
  write: 90,
  stop: Number.POSITIVE_INFINITY,
};

export const FREE: PaceStanding = { percent: 0, fadesInMs: 0, heldForMs: 0, heldBecause: null };

/** Null: send it. Otherwise how long it is held back (real milliseconds) and why. */
export function heldBack(standing: PaceStanding, urgency: Urgency): { forMs: number; because: string } | null {
  if (urgency === 'stop') return null;
  if (standing.heldForMs > 0) return { forMs: standing.heldForMs, because: standing.heldBecause ?? 'throttled' };
  if (standing.percent < HELD_FROM[urgency] || standing.fadesInMs <= 0) return null;
  return { forMs: standing.fadesInMs, because: `limits are at ${Math.round(standing.percent)} %` };
}

/** Two standings that hold at once: an account's and its app's. */
export function worseOf(one: PaceStanding, other: PaceStanding): PaceStanding {
  const fuller = one.percent >= other.percent ? one : other;
  const longer = one.heldForMs >= other.heldForMs ? one : other;
  return {
    percent: fuller.percent,
    fadesInMs: fuller.fadesInMs,
    heldForMs: longer.heldForMs,
    heldBecause: longer.heldBecause,
  };
}

/** Whether usage is worth storing over what is stored: a step of five percent, or news about a limit that is half full. */
export function isNews(known: PaceStanding, percent: number): boolean {
  if (percent < 50 && known.percent < 50) return false;
  return Math.abs(percent - known.percent) >= 5 || known.fadesInMs < 30_000;
}

const MOST_REMEMBERED = 10_000;
type Remembered = { percent: number; fadesAtMs: number; heldUntilMs: number; because: string | null };

/** What one process remembers: for programs and tests without a database. */
export function memoryPace(now: () => number = Date.now): PlatformPace {
  const known = new Map<string, Remembered>();
  const keyOf = (key: PaceKey) => JSON.stringify([key.platform, key.mode, key.appId, key.accountId]);
  const read = (key: PaceKey): PaceStanding => {
    const row = known.get(keyOf(key));
    if (!row) return FREE;
    const [fadesInMs, heldForMs] = [Math.max(0, row.fadesAtMs - now()), Math.max(0, row.heldUntilMs - now())];
    return { percent: fadesInMs > 0 ? row.percent : 0, fadesInMs, heldForMs, heldBecause: row.because };
  };
  return {
    standing: async (key) => worseOf(read(key), key.accountId === null ? FREE : read({ ...key, accountId: null })),
    note: async (key, news) => {
      if (known.size >= MOST_REMEMBERED) known.clear();
      const row = known.get(keyOf(key)) ?? { percent: 0, fadesAtMs: 0, heldUntilMs: 0, because: null };
      const next: Remembered =
        news.kind === 'held'
          ? { ...row, heldUntilMs: Math.max(row.heldUntilMs, now() + news.forMs), because: news.because }
          : { ...row, percent: news.percent, fadesAtMs: now() + news.fadesInMs };
      known.set(keyOf(key), next);
    },
  };
}

type Holder = { pace?: PlatformPace };
const held = processWide<Holder>('pace', () => ({}));

/** Where limits are kept from now on, across this process. */
export function plugPace(pace: PlatformPace): void {
  held.pace = pace;
}

function plugged(): PlatformPace {
  held.pace ??= memoryPace();
  return held.pace;
}

/** What is known before a call. Where it cannot be read, nothing is known: the platform itself still decides. */
export async function standingOf(key: PaceKey): Promise<PaceStanding> {
  try {
    return await plugged().standing(key);
  } catch (error) {
    log.warn({ err: error, account: key.accountId }, 'the limits of an account could not be read');
    return FREE;
  }
}

/** Remembers what a call taught. It never spoils the call: what the platform answered stands. */
export async function notePace(key: PaceKey, news: PaceNews): Promise<void> {
  try {
    await plugged().note(key, news);
  } catch (error) {
    log.warn({ err: error, account: key.accountId }, 'the limits of an account could not be stored');
  }
}
