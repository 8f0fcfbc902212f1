import { AppError } from '../../domain/errors';
import type { AccountAccess } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import { inSystem } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';

/**
 * Circuit breakers in Postgres: what one process learned holds for all. Scopes are one account and the whole app of a
 * mode. Open: work of that scope is put off until `probeAt`, then one piece goes through to see. Stops never ask.
 */
export type BreakerScope = Pick<AccountAccess, 'mode' | 'accountId'>;

/** Failures in a row that open a breaker; the app's counts those of all its accounts. */
const OPENS_AFTER = { account: 5, app: 20 } as const;
/** Real seconds until the first probe; doubles with each opening in a row. */
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 900;
/** Real seconds one probe has before another may go. */
const PROBE_SECONDS = 60;

const accountScope = ({ mode, accountId }: BreakerScope) => `account:${mode}:${accountId}`;
const appScope = ({ mode }: BreakerScope) => `app:${mode}`;

/**
 * Asks leave for anything but a stop. Half-open, the one who asks first is the probe and the others wait.
 * @throws AppError platform_retry_later with the milliseconds until the next probe
 */
export async function askBreaker(scope: BreakerScope): Promise<void> {
  await inSystem(async (tx) => {
    for (const name of [appScope(scope), accountScope(scope)]) {
      const waitMs = await mayPass(tx, name);
      if (waitMs !== null)
        throw new AppError('platform_retry_later', { reason: 'circuit_open', scope: name, retryAfterMs: waitMs });
    }
  });
}

/** Null: go ahead. */
async function mayPass(tx: Tx, scope: string): Promise<number | null> {
  const rows = await tx.$queryRaw<{ state: string; waitMs: number }[]>`
    SELECT "state", GREATEST(0, EXTRACT(EPOCH FROM "probeAt" - (clock_timestamp() AT TIME ZONE 'utc')) * 1000)::float8 AS "waitMs"
    FROM "Circuit" WHERE "scope" = ${scope} AND "state" <> 'CLOSED'`;
  const standing = rows[0];
  if (!standing) return null;
  if (standing.waitMs > 0) return standing.waitMs;
  const probe = await tx.$executeRaw`
    UPDATE "Circuit" SET "state" = 'HALF_OPEN', "probeAt" = (clock_timestamp() AT TIME ZONE 'utc') + make_interval(secs => ${PROBE_SECONDS})
    WHERE "scope" = ${scope} AND "state" <> 'CLOSED' AND "probeAt" <= (clock_timestamp() AT TIME ZONE 'utc')`;
  return probe === 1 ? null : PROBE_SECONDS * 1000;
}

/** What a call taught. A refusal of our input is an answer, so it counts as healthy. */
export async function tellBreaker(scope: BreakerScope, news: 'answered' | 'failed' | 'blocked'): Promise<void> {
  await inSystem(async (tx) => {
    if (news === 'answered') {
      await tx.circuit.updateMany({
        where: {
          scope: { in: [appScope(scope), accountScope(scope)] },
          OR: [{ failures: { gt: 0 } }, { state: { not: 'CLOSED' } }],
        },
        data: {
          state: 'CLOSED',
          failures: 0,
          openings: 0,
          reason: null,
          openedAt: null,
          probeAt: null,
          updatedAt: new Date(),
        },
      });
      return;
    }
    await fail(tx, appScope(scope), OPENS_AFTER.app, 'failures in a row');
    if (news === 'blocked') await fail(tx, accountScope(scope), 1, 'blocked by the platform');
    else await fail(tx, accountScope(scope), OPENS_AFTER.account, 'failures in a row');
  });
}

/** Counts one; opens at the limit, and again after a probe that failed. */
async function fail(tx: Tx, scope: string, opensAfter: number, reason: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Circuit" AS c ("scope", "failures", "updatedAt") VALUES (${scope}, 1, clock_timestamp() AT TIME ZONE 'utc')
    ON CONFLICT ("scope") DO UPDATE SET "failures" = c."failures" + 1, "updatedAt" = EXCLUDED."updatedAt"`;
  await tx.$executeRaw`
    UPDATE "Circuit" SET "state" = 'OPEN', "openings" = "openings" + 1, "reason" = ${reason},
      "openedAt" = clock_timestamp() AT TIME ZONE 'utc',
      "probeAt" = (clock_timestamp() AT TIME ZONE 'utc')
        + make_interval(secs => LEAST(${FIRST_WAIT_SECONDS} * power(2, LEAST("openings", 8)), ${LONGEST_WAIT_SECONDS}))
    WHERE "scope" = ${scope} AND "state" <> 'OPEN' AND ("failures" >= ${opensAfter} OR "state" = 'HALF_OPEN')`;
}

/**
 * The scope behind the key of an account's jobs ("meta:<platform account id or our row's id>"); null where no account of
 * the workspace has it.
 */
export async function scopeOfAccountKey(ctx: ServiceContext, key: string | null): Promise<BreakerScope | null> {
  const account = key?.startsWith('meta:') ? key.slice('meta:'.length) : null;
  if (!account) return null;
  const row = await transact(ctx, (tx) =>
    tx.adAccount.findFirst({
      where: { workspaceId: ctx.workspaceId, OR: [{ externalId: account }, { id: account }] },
      select: { externalId: true, connection: { select: { mode: true } } },
    }),
  );
  return row ? { accountId: row.externalId, mode: row.connection.mode as BreakerScope['mode'] } : null;
}
