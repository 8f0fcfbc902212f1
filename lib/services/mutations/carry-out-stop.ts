import type { AccountAccess } from '../../platforms/port';
import { type Clock, systemClock } from '../../runtime/clock';
import { log } from '../../runtime/log';
import { accessOfAccount } from '../connections/access-of-account';
import { type ServiceContext, transact } from '../context';
import { pauseAndLook, type StopResult } from './stop-calls';
import { settleStops } from './stop-outcome';
import { takeStopTargets } from './stop-take';

type Input = {
  stopId: string;
  /** One account's share; all of them when left out. */
  accountId?: string;
  /** Real milliseconds it may take; what is left then goes on in the stop lane. */
  withinMs: number;
  signal?: AbortSignal;
  clock?: Clock;
};

/** Real milliseconds between looks for targets that are due. */
const PULSE_MS = 200;

/**
 * Sends the pauses of a stop and reads each one back, all accounts side by side. Asks nobody: no freshness, no quota, no
 * open breaker and no quarantine holds it up. May be called by any number of processes at once; a target is worked on by
 * one. Answers the seconds until the next try that is due, null when everything is confirmed.
 */
export async function carryOutStop(ctx: ServiceContext, input: Input): Promise<{ nextInSeconds: number | null }> {
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  const clock = input.clock ?? systemClock;
  const until = clock.now().getTime() + input.withinMs;
  const accounts = input.accountId === undefined ? await openAccounts(ctx, input.stopId) : [input.accountId];
  const work = accounts.map(async (accountId) => {
    while (clock.now().getTime() < until && !input.signal?.aborted) {
      if (await oneRound(ctx, { stopId: input.stopId, accountId, clock })) continue;
      const next = await secondsToNext(ctx, { stopId: input.stopId, accountId });
      if (next === null || clock.now().getTime() + next * 1000 > until) return;
      await clock.sleep(Math.max(PULSE_MS, next * 1000), input.signal);
    }
  });
  // One account whose connection is beyond repair must not end the others' work.
  for (const ended of await Promise.allSettled(work))
    if (ended.status === 'rejected') log.error({ err: ended.reason, stop: input.stopId }, 'part of a stop failed');
  return { nextInSeconds: await secondsToNext(ctx, input) };
}

async function oneRound(
  ctx: ServiceContext,
  input: { stopId: string; accountId: string; clock: Clock },
): Promise<boolean> {
  const access = await accessOfAccount(ctx, { accountId: input.accountId });
  const targets = await takeStopTargets(ctx, input);
  if (targets.length === 0) return false;
  const results: StopResult[] = access
    ? await Promise.all(targets.map((target) => pauseAndLook(stopping(access), target)))
    : targets.map((target) => ({
        target,
        write: null,
        outcome: { kind: 'refused', reason: 'facebook_not_connected' },
      }));
  await settleStops(ctx, { stopId: input.stopId, accountId: input.accountId, results, now: input.clock.now() });
  return true;
}

const stopping = (access: AccountAccess): AccountAccess => ({ ...access, urgency: 'stop' });

async function openAccounts(ctx: ServiceContext, stopId: string): Promise<string[]> {
  const rows = await transact(ctx, (tx) =>
    tx.stopTarget.findMany({
      where: { workspaceId: ctx.workspaceId, stopId, state: { not: 'CONFIRMED' } },
      distinct: ['accountId'],
      select: { accountId: true },
    }),
  );
  return rows.map(({ accountId }) => accountId);
}

/** Null when nothing of it is open any more. */
async function secondsToNext(
  ctx: ServiceContext,
  input: { stopId: string; accountId?: string },
): Promise<number | null> {
  const rows = await transact(
    ctx,
    (tx) => tx.$queryRaw<{ seconds: number | null }[]>`
    SELECT MIN(EXTRACT(EPOCH FROM GREATEST("nextAt", COALESCE("leaseUntil", "nextAt")) - (clock_timestamp() AT TIME ZONE 'utc')))::float8 AS seconds
    FROM "StopTarget" t WHERE t."workspaceId" = ${ctx.workspaceId} AND t."stopId" = ${input.stopId} AND t."state" <> 'CONFIRMED'
      AND (${input.accountId ?? null}::text IS NULL OR t."accountId" = ${input.accountId ?? null})
      AND EXISTS (SELECT 1 FROM "StopOrder" s WHERE s."id" = t."stopId" AND s."state" <> 'RELEASED')`,
  );
  const seconds = rows[0]?.seconds ?? null;
  return seconds === null ? null : Math.max(0, seconds);
}
