import { campaignOfAction } from '../services/activity/campaign-of-action';
import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

export const actionFailed: Reaction = {
  name: 'tell-failed-action',
  hears: ['action.failed'],
  async run({ event, ctx }) {
    const action = await campaignOfAction(ctx, { actionId: event.subject });
    if (!action) return;
    await tellCampaign(ctx, {
      campaignRecordId: action.campaignRecordId,
      key: noticeOf(action),
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};

/**
 * A limit that Facebook itself holds was not renewed: not taken there, or no room left in the month. A comparison that did not
 * begin cost nothing.
 */
function noticeOf({ kind, state }: { kind: string; state: string }) {
  if (kind === 'start_test') return 'test_not_started';
  if (kind !== 'renew_month_guard') return 'action_failed';
  return state === 'REFUSED' ? 'guard_without_room' : 'guard_not_renewed';
}
