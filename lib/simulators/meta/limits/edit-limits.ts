import type { Context } from '../graph/context';
import { GraphError } from '../wire/errors';
import type { GraphObject } from '../world/types';

const SAME_OBJECT_MS = 30_000;
const HOUR_MS = 3_600_000;
const BUDGET_EDITS_PER_HOUR = 4;

/** One edit per object per 30 seconds, four budget changes per ad set and hour; generous worlds have neither. */
export function checkEditLimits(context: Context, object: GraphObject, changesBudget: boolean): void {
  if (context.world.rateTier === 'generous') return;
  const { nowMs } = context;

  if (object.hidden.editedMs !== undefined && nowMs - object.hidden.editedMs < SAME_OBJECT_MS) {
    throw new GraphError({
      code: 613,
      subcode: 4841018,
      message: '(#613) Calls to this api have exceeded the rate limit.',
      title: 'Too many edits',
      userMessage: 'This object was edited less than 30 seconds ago. Wait before editing it again.',
    });
  }
  const recent = (object.hidden.budgetEditsMs ?? []).filter((at) => nowMs - at < HOUR_MS);
  if (changesBudget && recent.length >= BUDGET_EDITS_PER_HOUR) {
    throw new GraphError({
      code: 613,
      subcode: 1487632,
      message: '(#613) Calls to this api have exceeded the rate limit.',
      title: 'Budget changed too often',
      userMessage: 'You can change the budget of an ad set at most 4 times per hour.',
    });
  }

  object.hidden.editedMs = nowMs;
  if (changesBudget) object.hidden.budgetEditsMs = [...recent, nowMs];
}
