import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

/** The platform shows a problem that keeps an ad, a group of ads or all of them from being shown. */
export const adHindered: Reaction = {
  name: 'tell-hindered-ads',
  hears: ['ad.hindered'],
  async run({ event, ctx }) {
    const { campaignId, ad, reason } = event.payload;
    if (typeof campaignId !== 'string') return;
    await tellCampaign(ctx, {
      campaignRecordId: campaignId,
      key: 'ads_hindered',
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
      params: { ad: String(ad ?? ''), reason: String(reason ?? '') },
    });
  },
};
