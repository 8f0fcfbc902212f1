import { type CampaignAction, movesOf } from './action';
import type { BudgetMove } from './ad-test';

export type CampaignMove = Extract<CampaignAction, { kind: 'shift_campaigns' }>;
/** One campaign's part of a move. */
export type MoveSide = { campaignId: string; moves: readonly BudgetMove[] };

/** What a list of budget steps adds to a day, minor units. */
export function changeOf(moves: readonly BudgetMove[]): bigint {
  return moves.reduce((sum, { from, to }) => sum + BigInt(to.minor) - BigInt(from.minor), 0n);
}

/**
 * Which campaign gives and which takes. Null where a side mixes raises and cuts, where neither gives, or where what one
 * gives is not what the other takes.
 * @param homeId the campaign the action belongs to
 */
export function sidesOf(move: CampaignMove, homeId: string): { giver: MoveSide; taker: MoveSide } | null {
  const home: MoveSide = { campaignId: homeId, moves: move.moves };
  const other: MoveSide = { campaignId: move.other.campaignId, moves: move.other.moves };
  if (home.campaignId === other.campaignId) return null;
  const [giver, taker] = changeOf(home.moves) < 0n ? [home, other] : [other, home];
  const isOneWay =
    giver.moves.length > 0 &&
    taker.moves.length > 0 &&
    giver.moves.every(({ from, to }) => BigInt(to.minor) < BigInt(from.minor)) &&
    taker.moves.every(({ from, to }) => BigInt(to.minor) > BigInt(from.minor));
  return isOneWay && changeOf(giver.moves) + changeOf(taker.moves) === 0n ? { giver, taker } : null;
}

/** What goes over, minor units a day. */
export function movedMinor(move: CampaignMove): bigint {
  const change = changeOf(move.moves);
  return change < 0n ? -change : change;
}

/** The budget steps an action makes in one campaign; [] where it changes none of its budgets. */
export function budgetMovesIn(action: CampaignAction, campaignId: string): readonly BudgetMove[] {
  if (action.kind !== 'shift_campaigns') return movesOf(action);
  return action.other.campaignId === campaignId ? action.other.moves : action.moves;
}
