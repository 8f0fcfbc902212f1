import { FREE, plugPace, worseOf } from '../../platforms/pace';
import type { PaceKey, PaceNews, PaceStanding, PlatformPace } from '../../platforms/port';
import { inSystem } from '../../runtime/db';

/** The row a limit is kept in: one account within one app, or ("*") the whole app. */
export function paceScope({ platform, mode, appId, accountId }: PaceKey): string {
  return JSON.stringify([platform, mode, appId, accountId ?? '*']);
}

type Row = { scope: string; percent: number; fadesInMs: number; heldForMs: number; heldBecause: string | null };

/** What is known of an account's limits and its app's, by the database's clock: no server's own clock decides. */
async function standing(key: PaceKey): Promise<PaceStanding> {
  const scopes = [paceScope(key), paceScope({ ...key, accountId: null })];
  const rows = await inSystem(
    (tx) => tx.$queryRaw<Row[]>`
      WITH l AS (
        SELECT "scope", "percent", "heldBecause",
          GREATEST(0, COALESCE(extract(epoch FROM "fadesAt" - (clock_timestamp() AT TIME ZONE 'utc')), 0) * 1000)::float8 AS "fadesInMs",
          GREATEST(0, COALESCE(extract(epoch FROM "heldUntil" - (clock_timestamp() AT TIME ZONE 'utc')), 0) * 1000)::float8 AS "heldForMs"
        FROM "PlatformLimit" WHERE "scope" = ANY(${scopes})
      )
      SELECT "scope", CASE WHEN "fadesInMs" > 0 THEN "percent" ELSE 0 END AS "percent", "fadesInMs", "heldForMs",
        CASE WHEN "heldForMs" > 0 THEN "heldBecause" END AS "heldBecause"
      FROM l`,
  );
  return rows.reduce<PaceStanding>((worst, { scope: _scope, ...row }) => worseOf(worst, row), FREE);
}

/** Pages of one list follow one another within milliseconds: a standing read just now is not read again. */
const FRESH_MS = 500;
const MOST_REMEMBERED = 1_000;
const justRead = new Map<string, { at: number; standing: Promise<PaceStanding> }>();

async function recentStanding(key: PaceKey): Promise<PaceStanding> {
  const scope = paceScope(key);
  const now = performance.now();
  const known = justRead.get(scope);
  // Calls side by side ask once: the reading that is under way is theirs too.
  if (known && now - known.at < FRESH_MS) return aged(await known.standing, now - known.at);
  const reading = { at: now, standing: standing(key) };
  if (justRead.size >= MOST_REMEMBERED) justRead.clear();
  justRead.set(scope, reading);
  try {
    return await reading.standing;
  } catch (error) {
    if (justRead.get(scope) === reading) justRead.delete(scope);
    throw error;
  }
}

function aged(known: PaceStanding, ms: number): PaceStanding {
  const [fadesInMs, heldForMs] = [Math.max(0, known.fadesInMs - ms), Math.max(0, known.heldForMs - ms)];
  return { ...known, fadesInMs, heldForMs, percent: fadesInMs > 0 ? known.percent : 0 };
}

/** Keeps what a call taught. A hold is only ever made longer; a share is what was said last. */
async function note(key: PaceKey, news: PaceNews): Promise<void> {
  const scope = paceScope(key);
  await inSystem((tx) =>
    news.kind === 'held'
      ? tx.$executeRaw`
          INSERT INTO "PlatformLimit" ("scope", "heldUntil", "heldBecause", "updatedAt")
          VALUES (${scope}, (clock_timestamp() AT TIME ZONE 'utc') + make_interval(secs => ${news.forMs / 1000}), ${news.because}, clock_timestamp() AT TIME ZONE 'utc')
          ON CONFLICT ("scope") DO UPDATE SET "heldUntil" = GREATEST("PlatformLimit"."heldUntil", EXCLUDED."heldUntil"),
            "heldBecause" = EXCLUDED."heldBecause", "updatedAt" = EXCLUDED."updatedAt"`
      : tx.$executeRaw`
          INSERT INTO "PlatformLimit" ("scope", "percent", "fadesAt", "tier", "updatedAt")
          VALUES (${scope}, ${news.percent}, (clock_timestamp() AT TIME ZONE 'utc') + make_interval(secs => ${news.fadesInMs / 1000}), ${news.tier}, clock_timestamp() AT TIME ZONE 'utc')
          ON CONFLICT ("scope") DO UPDATE SET "percent" = EXCLUDED."percent", "fadesAt" = EXCLUDED."fadesAt",
            "tier" = COALESCE(EXCLUDED."tier", "PlatformLimit"."tier"), "updatedAt" = EXCLUDED."updatedAt"`,
  );
}

/** Limits as every process of this installation sees them. */
export const sharedPace: PlatformPace = {
  standing: recentStanding,
  async note(key, news) {
    await note(key, news);
    // What this process just learnt holds at once, for every account of the app where it is the app's.
    if (key.accountId === null) justRead.clear();
    else justRead.delete(paceScope(key));
  },
};

/** Lets this process read limits from, and keep them in, the database. Call it where a process starts. */
export function plugSharedPace(): void {
  justRead.clear();
  plugPace(sharedPace);
}

/** Rows that say nothing any more. Two days are kept for whoever wonders why something waited. */
export async function forgetOldLimits(): Promise<void> {
  await inSystem(
    (tx) =>
      tx.$executeRaw`DELETE FROM "PlatformLimit" WHERE "updatedAt" < (now() AT TIME ZONE 'utc') - interval '2 days'
        AND COALESCE("heldUntil", "updatedAt") < (now() AT TIME ZONE 'utc')`,
  );
}
