import { type CampaignMove, sidesOf } from '../../domain/campaign-move';
import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { monthOfDay } from '../pacing/account-month';
import { hangsOnCap, takerHolder } from '../pacing/reserve-move';
import { fromStored, type StoredShare } from '../pacing/share';
import { type ActionStep, budgetStep } from './action-steps';
import type { CampaignKnown } from './campaign-state';
import { guardSteps } from './guard-steps';
import { ruleForRaise, type StopRuleWanted } from './stop-rule-wanted';
import { campaignsOf } from './take-money';

/** What a move does on one campaign: its budgets, and the platform's own cap there. */
export type MoveLeg = { campaign: CampaignKnown; budgets: ActionStep[]; guards: ActionStep[] };

export type HeldMove = {
  giver: MoveLeg & {
    /** The cap there must really have come down before anything is raised elsewhere. */
    capMustFall: boolean;
  };
  taker: MoveLeg & { stopRule: StopRuleWanted | null };
  /** The campaign the action does not belong to. */
  other: CampaignKnown;
};

/** Everything a move writes, in its order: the giver's budgets and cap, then the taker's cap, rule and budgets. */
export async function holdMove(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; action: CampaignMove; campaign: CampaignKnown },
): Promise<HeldMove> {
  const { actionId, action, campaign } = input;
  const { giver, taker, other } = await campaignsOf(tx, ctx, { campaign, action });
  const sides = sidesOf(action, campaign.id);
  if (!sides) throw new AppError('invalid_input', { action: actionId, reason: 'no move' });
  const holderId = takerHolder(actionId);
  const reserved = await tx.monthReservation.findFirst({
    where: { workspaceId: ctx.workspaceId, holderId: actionId },
    select: { share: true, month: true },
  });
  const { end } = monthOfDay(reserved ? `${reserved.month}-01` : dayIn(campaign.timezone, await workspaceNow(ctx, tx)));
  return {
    other,
    giver: {
      campaign: giver,
      budgets: sides.giver.moves.map((move) => budgetStep(giver, move)),
      guards: await guardSteps(tx, ctx, { actionId, campaign: giver }),
      capMustFall: reserved !== null && hangsOnCap(fromStored(reserved.share as StoredShare), end),
    },
    taker: {
      campaign: taker,
      budgets: sides.taker.moves.map((move) => budgetStep(taker, move)),
      guards: await guardSteps(tx, ctx, { actionId, campaign: taker, holderId }),
      stopRule: await ruleForRaise(tx, ctx, { actionId, campaign: taker, holderId }),
    },
  };
}
