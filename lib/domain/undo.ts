import type { CampaignAction } from './action';
import { movedBack } from './ad-test';

/** How long an action can be taken back, business days. */
export const UNDO_DAYS = 30;

/**
 * The action that takes another one back. Going back to an ad's first creative names the ad's own key.
 * Null where there is nothing to take back to.
 */
export function inverseOf(action: CampaignAction): CampaignAction | null {
  switch (action.kind) {
    case 'pause_ad':
      return { kind: 'resume_ad', adKey: action.adKey };
    case 'resume_ad':
      return { kind: 'pause_ad', adKey: action.adKey };
    case 'pause_campaign':
      return { kind: 'resume_campaign' };
    case 'resume_campaign':
      return { kind: 'pause_campaign' };
    case 'set_ad_set_budget':
      return { kind: 'set_ad_set_budget', adSetKey: action.adSetKey, from: action.to, to: action.from };
    case 'shift_budget':
      return {
        kind: 'shift_budget',
        moves: movedBack(action.moves),
      };
    case 'shift_campaigns':
      return {
        kind: 'shift_campaigns',
        moves: movedBack(action.moves),
        other: { ...action.other, moves: movedBack(action.other.moves) },
      };
    case 'swap_creative':
      return { kind: 'swap_creative', adKey: action.adKey, reserveKey: action.adKey };
    case 'set_audience':
      return { kind: 'set_audience', adSetKey: action.adSetKey, from: action.to, to: action.from };
    // The ad stays where it is, switched off: what it showed can be looked at and brought back.
    case 'add_ad':
      return { kind: 'pause_ad', adKey: action.ad.key };
    case 'start_test':
      return { kind: 'end_test', test: action.test, moves: movedBack(action.test.moves) };
    case 'renew_month_guard':
    case 'restore_guard':
    case 'end_test':
    case 'delete_ad':
    case 'delete_campaign':
      return null;
  }
}

type Undoable = { state: string; undoOfId: string | null; executedAt: Date | null; kind?: string };

/**
 * Kinds without an Undo: a limit the owner set, replaced by the next month's or set back to what it was; what was deleted for
 * good; a test that is over.
 */
export const WITHOUT_UNDO: readonly string[] = [
  'renew_month_guard',
  'restore_guard',
  'end_test',
  'delete_ad',
  'delete_campaign',
];

/** Whether an action can be taken back at a moment of business time. An Undo itself never can. */
export function undoStateOf(row: Undoable, now: Date): 'possible' | 'done' | 'expired' | 'none' {
  if (row.state === 'UNDONE') return 'done';
  if (row.kind !== undefined && WITHOUT_UNDO.includes(row.kind)) return 'none';
  if (row.state !== 'DONE' || row.undoOfId !== null || row.executedAt === null) return 'none';
  return now.getTime() - row.executedAt.getTime() > UNDO_DAYS * 86_400_000 ? 'expired' : 'possible';
}
