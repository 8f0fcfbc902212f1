import { campaignOfAction } from '../services/activity/campaign-of-action';
import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

export const actionFailed: Reaction = {
  name: 'tell-failed-action',
  hears: ['action.failed'],
  async run({ event, ctx }) {
    const campaignRecordId = await campaignOfAction(ctx, { actionId: event.subject });
    if (campaignRecordId)
      await tellCampaign(ctx, {
        campaignRecordId,
        key: 'action_failed',
        tone: 'warning',
        bell: 'ALERT',
        eventId: event.id,
      });
  },
};
