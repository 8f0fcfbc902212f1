import { changeOf, movedMinor } from '../domain/campaign-move';
import { campaignOfAction } from '../services/activity/campaign-of-action';
import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

type Failed = NonNullable<Awaited<ReturnType<typeof campaignOfAction>>>;

export const actionFailed: Reaction = {
  name: 'tell-failed-action',
  hears: ['action.failed'],
  async run({ event, ctx }) {
    const action = await campaignOfAction(ctx, { actionId: event.subject });
    if (!action) return;
    await tellCampaign(ctx, {
      campaignRecordId: action.campaignRecordId,
      ...noticeOf(action, (event.payload as { move?: unknown }).move),
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};

const MOVE_NOTICES = {
  not_made: 'move_not_made',
  put_back: 'move_put_back',
  half_done: 'move_half_done',
  unclear: 'move_unclear',
} as const;

/**
 * A limit that Facebook itself holds was not renewed: not taken there, or no room left in the month. A comparison that did not
 * begin cost nothing.
 */
function noticeOf({ kind, state, action }: Failed, move: unknown) {
  if (action.kind === 'shift_campaigns') {
    const ended = typeof move === 'string' && Object.hasOwn(MOVE_NOTICES, move) ? move : 'not_made';
    const isHomeLower = changeOf(action.moves) < 0n;
    return {
      key: MOVE_NOTICES[ended as keyof typeof MOVE_NOTICES],
      params: {
        other: action.other.name,
        // Which of the two goes down: the one the notice is about, or the other.
        giver: isHomeLower ? 'this' : 'other',
        moved: Number(movedMinor(action)),
        currency: action.moves[0]?.to.currency ?? '',
      },
    };
  }
  if (kind === 'start_test') return { key: 'test_not_started' as const };
  if (kind !== 'renew_month_guard') return { key: 'action_failed' as const };
  return { key: state === 'REFUSED' ? ('guard_without_room' as const) : ('guard_not_renewed' as const) };
}
