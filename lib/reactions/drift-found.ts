import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

/** Somebody changed what the owner approved: said once per look, with nothing changed by us. */
export const driftFound: Reaction = {
  name: 'tell-drift',
  hears: ['drift.found'],
  async run({ event, ctx }) {
    await tellCampaign(ctx, {
      campaignRecordId: event.subject,
      key: 'drift_found',
      params: { fields: Number(event.payload.fields ?? 0) },
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};
