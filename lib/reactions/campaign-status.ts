import type { CampaignStatus } from '../domain/campaign-status';
import { type TellInput, tellCampaign } from '../services/notifications/tell-campaign';
import type { Reaction } from './reaction';

type Telling = Pick<TellInput, 'key' | 'tone' | 'bell'>;

/** What the owner is told when the platform itself shows another state than before. */
const TOLD: Partial<Record<CampaignStatus, Telling>> = {
  ACTIVE: { key: 'campaign_live', tone: 'good', bell: 'AGENT_UPDATE' },
  DISAPPROVED: { key: 'campaign_refused', tone: 'warning', bell: 'ALERT' },
  PAUSED: { key: 'campaign_paused', tone: 'warning', bell: 'ALERT' },
  COMPLETED: { key: 'campaign_completed', tone: 'info', bell: 'AGENT_UPDATE' },
};
const LIVE_AGAIN: Telling = { key: 'campaign_live_again', tone: 'good', bell: 'AGENT_UPDATE' };

/** Only a status that was read at the platform is news ("live" is never assumed); our own writes are told as actions. */
export const campaignStatus: Reaction = {
  name: 'tell-campaign-status',
  hears: ['campaign.status_changed'],
  async run({ event, ctx }) {
    const { to, from, seenAt, reason } = event.payload;
    if (seenAt !== 'platform') return;
    const telling = to === 'ACTIVE' && from === 'PAUSED' ? LIVE_AGAIN : TOLD[to as CampaignStatus];
    if (!telling) return;
    await tellCampaign(ctx, {
      campaignRecordId: event.subject,
      ...telling,
      params: typeof reason === 'string' ? { reason } : {},
      eventId: event.id,
    });
  },
};
