import { tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

/** Something that was told as failed took effect after all: put right as soon as it is known. */
export const effectFound: Reaction = {
  name: 'tell-found-effect',
  hears: ['effect.found'],
  async run({ event, ctx }) {
    await tellCampaign(ctx, {
      campaignRecordId: event.subject,
      key: 'effect_found',
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};
