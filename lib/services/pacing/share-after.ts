import { SHORTEST_RUN_DAYS } from '../../domain/month-guard';
import { daysThatFit, exposureAfter, exposureOf, mostSpend } from '../../domain/pacing';
import { addDays, daysBetween } from '../../domain/time';
import type { AccountMonth } from './account-month';
import type { Share } from './share';
import type { SpentBehind } from './spent-behind';

type After = {
  share: Share;
  at: AccountMonth;
  /** Sum of everything that goes up, minor units a day. */
  raisedMinor: bigint;
  /** All daily budgets together after the change, minor units. */
  dailyMinor: bigint;
  behind: SpentBehind;
};

/** A campaign's part after a change today, were there no limit: what is behind, today with the larger budgets, and the days after it. */
export function shareAfter({ share, at, raisedMinor, dailyMinor, behind }: After): Share {
  const end = share.capMinor !== null || share.untilDay > at.end ? at.end : share.untilDay;
  // Changed once today already: what goes up now comes on top of it.
  if (share.fromDay > at.today) {
    const baseMinor = share.baseMinor + mostSpend(raisedMinor, 1);
    const daysLeft = Math.max(0, daysBetween(share.fromDay, end));
    return { ...share, baseMinor, dailyMinor, committedMinor: exposureOf({ baseMinor, dailyMinor, daysLeft }) };
  }
  const after = exposureAfter({
    before: { baseMinor: share.baseMinor, dailyMinor: share.dailyMinor, daysLeft: daysBetween(share.fromDay, end) },
    daysBehind: daysBetween(share.fromDay, at.today),
    spentBehindMinor: behind.sureMinor,
    leastBehindMinor: behind.leastMinor,
    raisedMinor,
    dailyMinor,
  });
  return {
    ...share,
    baseMinor: after.baseMinor,
    dailyMinor,
    fromDay: addDays(at.today, 1),
    committedMinor: exposureOf(after),
  };
}

/** The same within a limit: the cap follows what was granted, an end date comes nearer where the days no longer fit. */
export function within(after: Share, before: Share, mostMinor: bigint): Share {
  const committedMinor = after.committedMinor < mostMinor ? after.committedMinor : mostMinor;
  if (before.capMinor !== null) {
    const capMinor = committedMinor > before.capMinor ? committedMinor : before.capMinor;
    return { ...after, committedMinor, ...capMoved(before, capMinor) };
  }
  if (committedMinor === after.committedMinor) return after;
  const days = daysBetween(after.fromDay, after.untilDay);
  const fitting = Math.max(daysThatFit(after.dailyMinor, days, mostMinor - after.baseMinor), SHORTEST_RUN_DAYS);
  return {
    ...after,
    untilDay: addDays(after.fromDay, fitting),
    committedMinor: after.baseMinor + mostSpend(after.dailyMinor, fitting),
  };
}

/**
 * Less a day never asks for more of the month, however carefully broken weeks are counted; and the cap comes down with it,
 * as far as the platform takes one that small.
 */
export function lowered(after: Share, before: Share, ownMinor: bigint, minCapMinor: bigint | null): Share {
  const committedMinor = after.committedMinor < ownMinor ? after.committedMinor : ownMinor;
  return { ...after, committedMinor, ...tighterCap(before, committedMinor, minCapMinor) };
}

/**
 * A campaign that was paused gave back what it could no longer spend, and its cap still stands at the old height: switched
 * on again it is held to what is granted now. A cap too small for the platform stays, and then all of it must fit.
 */
export function switchedOn(after: Share, before: Share, mostMinor: bigint, minCapMinor: bigint | null): Share {
  if (before.capMinor === null) return within(after, before, mostMinor);
  const granted = after.committedMinor < mostMinor ? after.committedMinor : mostMinor;
  const cap = granted > before.capMinor ? capMoved(before, granted) : tighterCap(before, granted, minCapMinor);
  const heldTo = cap.capMinor ?? granted;
  return { ...after, ...cap, committedMinor: heldTo < after.committedMinor ? heldTo : after.committedMinor };
}

type Cap = Pick<Share, 'capMinor' | 'lifetimeCapMinor'>;

function tighterCap(before: Share, committedMinor: bigint, minCapMinor: bigint | null): Cap {
  const stays = { capMinor: before.capMinor, lifetimeCapMinor: before.lifetimeCapMinor };
  if (before.capMinor === null || committedMinor >= before.capMinor) return stays;
  const tighter = capMoved(before, committedMinor);
  return minCapMinor !== null && (tighter.lifetimeCapMinor ?? 0n) >= minCapMinor ? tighter : stays;
}

function capMoved(before: Share, capMinor: bigint): Cap {
  const stood = before.capMinor ?? 0n;
  return { capMinor, lifetimeCapMinor: (before.lifetimeCapMinor ?? stood) + capMinor - stood };
}
