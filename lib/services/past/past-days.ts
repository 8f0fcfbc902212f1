import type { Goal } from '../../domain/brief';
import { AppError } from '../../domain/errors';
import type { Counters } from '../../domain/insight';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import { learnPast } from './learn-past';
import type { StoredDay } from './stored';

/**
 * The mature days on which the project's account paid for the same kind of result, summed over its campaigns; what a plan's
 * range may rest on. Read first where that has not happened yet. Empty where there are none or the platform does not answer:
 * a plan never waits for its past.
 */
export async function readPastDays(
  ctx: ServiceContext,
  input: { projectId: string; adAccountId: string; goal: Goal },
): Promise<(Counters & { day: string })[]> {
  try {
    await learnPast(ctx, input);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, account: input.adAccountId }, 'a plan is made without the account’s past');
    return [];
  }
  const row = await transact(ctx, (tx) =>
    tx.accountPast.findFirst({
      where: { workspaceId: ctx.workspaceId, adAccountId: input.adAccountId },
      select: { days: true },
    }),
  );
  const days = (row?.days ?? []) as StoredDay[];
  return days
    .filter(({ goal }) => goal === input.goal)
    .map(({ goal: _goal, spendMinor, ...day }) => ({
      ...day,
      spendMinor: BigInt(spendMinor),
      landingPageViews: null,
      valueMinor: null,
    }));
}
