import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

/** The platform refused one ad while others may go on. */
export const adRefused: Reaction = {
  name: 'tell-refused-ad',
  hears: ['ad.refused'],
  async run({ event, ctx }) {
    const { campaignId, ad, reason } = event.payload;
    if (typeof campaignId !== 'string') return;
    await tellCampaign(ctx, {
      campaignRecordId: campaignId,
      key: 'ad_refused',
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
      params: { ad: String(ad ?? ''), reason: String(reason ?? '') },
    });
  },
};
