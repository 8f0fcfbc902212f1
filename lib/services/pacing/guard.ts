import { type Money, money } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import { instantAt } from '../../domain/report-week';
import { worstDay } from '../../domain/spend-shape';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact } from '../context';
import { fromStored, type Share, type StoredShare } from './share';

/** What the platform itself is told to hold a campaign to: a cap over its life or an end, and the dearest day. */
export type Guard = { spendCap: Money | null; endsAt: string | null; perDay: Money };

/** The guards that belong to what a deployment reserved. Null for one from before months were kept. */
export async function guardOf(ctx: ServiceContext, taken: { deploymentId: string; plan: Plan }): Promise<Guard | null> {
  const row = await transact(ctx, (tx) =>
    tx.monthReservation.findFirst({
      where: { workspaceId: ctx.workspaceId, holderId: taken.deploymentId },
      select: { share: true },
    }),
  );
  if (!row) return null;
  return guardFor(fromStored(row.share as StoredShare), taken.plan.account);
}

/** A share as the platform is told it. */
export function guardFor(share: Share, account: { currency: string; timezone: string }): Guard {
  const { currency, timezone } = account;
  return {
    spendCap:
      share.lifetimeCapMinor === null ? null : readerFor('meta').asHeld(money(share.lifetimeCapMinor, currency)),
    endsAt: share.capMinor === null ? instantAt(share.untilDay, 0, timezone).toISOString() : null,
    perDay: perDayOf(share.dailyMinor, currency),
  };
}

/** The dearest day of these daily budgets, as the platform can hold it. */
export function perDayOf(dailyMinor: bigint, currency: string): Money {
  return readerFor('meta').asHeld(worstDay(money(dailyMinor, currency)));
}
