import { refused } from '../wire/errors';
import type { JsonObject } from '../world/types';

type Need = 'pixel' | 'page' | 'app' | 'none';
type Row = { goals: readonly string[]; need: Need | Partial<Record<string, Need>> };

const PIXEL_GOALS = { OFFSITE_CONVERSIONS: 'pixel', VALUE: 'pixel' } as const;
const MESSAGING: Row = { goals: ['CONVERSATIONS', 'LINK_CLICKS'], need: 'page' };

/** Objective, then destination (WEBSITE stands for an omitted one): which goals fit and what they need. */
const TABLE: Record<string, Record<string, Row>> = {
  OUTCOME_LEADS: {
    ON_AD: { goals: ['LEAD_GENERATION', 'QUALITY_LEAD'], need: 'page' },
    WEBSITE: {
      goals: ['OFFSITE_CONVERSIONS', 'LANDING_PAGE_VIEWS', 'LINK_CLICKS', 'IMPRESSIONS', 'REACH'],
      need: PIXEL_GOALS,
    },
    PHONE_CALL: { goals: ['QUALITY_CALL', 'LINK_CLICKS'], need: 'page' },
    APP: {
      goals: ['OFFSITE_CONVERSIONS', 'APP_INSTALLS_AND_OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'REACH'],
      need: 'app',
    },
  },
  OUTCOME_SALES: {
    WEBSITE: {
      goals: ['OFFSITE_CONVERSIONS', 'VALUE', 'LANDING_PAGE_VIEWS', 'LINK_CLICKS', 'IMPRESSIONS', 'REACH'],
      need: PIXEL_GOALS,
    },
    MESSENGER: { goals: ['CONVERSATIONS', 'OFFSITE_CONVERSIONS'], need: 'page' },
    WHATSAPP: { goals: ['CONVERSATIONS', 'OFFSITE_CONVERSIONS'], need: 'page' },
    INSTAGRAM_DIRECT: { goals: ['CONVERSATIONS', 'OFFSITE_CONVERSIONS'], need: 'page' },
    PHONE_CALL: { goals: ['QUALITY_CALL'], need: 'page' },
    APP: { goals: ['OFFSITE_CONVERSIONS', 'VALUE', 'LINK_CLICKS'], need: 'app' },
  },
  OUTCOME_TRAFFIC: {
    WEBSITE: { goals: ['LANDING_PAGE_VIEWS', 'LINK_CLICKS', 'IMPRESSIONS', 'REACH'], need: 'none' },
    APP: { goals: ['LINK_CLICKS', 'REACH'], need: 'app' },
    MESSENGER: { goals: ['LINK_CLICKS', 'IMPRESSIONS', 'REACH'], need: 'page' },
    WHATSAPP: { goals: ['LINK_CLICKS', 'IMPRESSIONS', 'REACH'], need: 'page' },
    PHONE_CALL: { goals: ['QUALITY_CALL', 'LINK_CLICKS'], need: 'page' },
    INSTAGRAM_PROFILE: {
      goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT', 'VISIT_INSTAGRAM_PROFILE'],
      need: 'page',
    },
    FACEBOOK_PAGE: { goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT'], need: 'page' },
    INSTAGRAM_PROFILE_AND_FACEBOOK_PAGE: { goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT'], need: 'page' },
  },
  OUTCOME_APP_PROMOTION: {
    WEBSITE: {
      goals: ['APP_INSTALLS', 'LINK_CLICKS', 'OFFSITE_CONVERSIONS', 'APP_INSTALLS_AND_OFFSITE_CONVERSIONS', 'VALUE'],
      need: 'app',
    },
    APP: {
      goals: ['APP_INSTALLS', 'LINK_CLICKS', 'OFFSITE_CONVERSIONS', 'APP_INSTALLS_AND_OFFSITE_CONVERSIONS', 'VALUE'],
      need: 'app',
    },
  },
  OUTCOME_AWARENESS: { WEBSITE: { goals: ['REACH', 'IMPRESSIONS', 'AD_RECALL_LIFT', 'THRUPLAY'], need: 'page' } },
  OUTCOME_ENGAGEMENT: {
    ON_POST: { goals: ['POST_ENGAGEMENT', 'REACH'], need: 'page' },
    ON_VIDEO: { goals: ['THRUPLAY'], need: 'page' },
    ON_PAGE: { goals: ['PAGE_LIKES'], need: 'page' },
    ON_EVENT: { goals: ['EVENT_RESPONSES', 'POST_ENGAGEMENT', 'REACH'], need: 'page' },
    MESSENGER: MESSAGING,
    WHATSAPP: MESSAGING,
    INSTAGRAM_DIRECT: MESSAGING,
    MESSAGING_INSTAGRAM_DIRECT_MESSENGER: MESSAGING,
    MESSAGING_INSTAGRAM_DIRECT_MESSENGER_WHATSAPP: MESSAGING,
    MESSAGING_INSTAGRAM_DIRECT_WHATSAPP: MESSAGING,
    MESSAGING_MESSENGER_WHATSAPP: MESSAGING,
    INSTAGRAM_PROFILE: {
      goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT', 'VISIT_INSTAGRAM_PROFILE'],
      need: 'page',
    },
    FACEBOOK_PAGE: { goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT'], need: 'page' },
    INSTAGRAM_PROFILE_AND_FACEBOOK_PAGE: { goals: ['PROFILE_VISIT', 'PROFILE_AND_PAGE_ENGAGEMENT'], need: 'page' },
    WEBSITE: { goals: ['OFFSITE_CONVERSIONS', 'LANDING_PAGE_VIEWS', 'LINK_CLICKS', 'REACH'], need: PIXEL_GOALS },
  },
};

const WEBSITE_EVENTS: Record<string, string> = {
  OUTCOME_LEADS:
    'LEAD COMPLETE_REGISTRATION CONTACT FIND_LOCATION SCHEDULE START_TRIAL SUBMIT_APPLICATION SUBSCRIBE OTHER',
  OUTCOME_SALES: `PURCHASE ADD_TO_CART INITIATED_CHECKOUT ADD_PAYMENT_INFO CONTENT_VIEW COMPLETE_REGISTRATION DONATE START_TRIAL
    SUBSCRIBE SEARCH ADD_TO_WISHLIST OTHER`,
};

/** Which pixel events an objective may work for on a website; `OTHER` stands for an event of one's own. */
export function checkEvent(objective: string, destination: string | undefined, promoted: JsonObject | undefined): void {
  const event = promoted?.custom_event_type;
  const isWebsite = destination === undefined || destination === 'UNDEFINED' || destination === 'WEBSITE';
  const allowed = WEBSITE_EVENTS[objective]?.split(/\s+/);
  if (!isWebsite || !allowed || event === undefined || promoted?.pixel_id === undefined) return;
  if (allowed.includes(String(event))) return;
  throw refused({
    subcode: 1885878,
    title: 'Conversion event is not available',
    userMessage: `The conversion event ${String(event)} cannot be used with the campaign objective ${objective}. Available: ${allowed.join(', ')}.`,
    blame: 'promoted_object',
  });
}

/** What the promoted object must name for this goal; refuses combinations that do not exist. */
export function checkGoal(objective: string, destination: string | undefined, goal: string): Need {
  const rows = TABLE[objective];
  if (!rows) return 'none';

  const place = destination === undefined || destination === 'UNDEFINED' ? 'WEBSITE' : destination;
  const row = rows[place];
  // A form without its destination is the commonest slip: the goal names the form, the ad set does not.
  if (!row) {
    throw refused({
      subcode: 1815715,
      title: 'Destination type is invalid',
      userMessage: `The destination type ${place} is not valid for the campaign objective ${objective}.`,
      blame: 'destination_type',
    });
  }
  if (!row.goals.includes(goal)) {
    throw refused({
      subcode: 2490408,
      title: "Performance goal isn't available",
      userMessage: `You can't use the selected performance goal (${goal}) with your campaign objective (${objective}) and destination (${place}). Available: ${row.goals.join(', ')}.`,
      blame: 'optimization_goal',
    });
  }
  return typeof row.need === 'string' ? row.need : (row.need[goal] ?? 'none');
}
