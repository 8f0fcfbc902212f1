import type { Goal } from '../../domain/brief';

/**
 * What each of our goals is at Meta, by what the business has. The objective depends on the goal alone (and on an app),
 * so that a campaign can be made before its ad sets are known; what is missing lowers the ad set's goal, never the truth:
 * where nothing can be counted, `results` stays null and visits stand for themselves.
 *
 * | goal         | with                | objective / optimization goal / destination       | counted as result                  |
 * |--------------|---------------------|---------------------------------------------------|------------------------------------|
 * | LEADS        | pixel               | LEADS / OFFSITE_CONVERSIONS (LEAD) / website      | leads the pixel saw                |
 * | LEADS        | instant form        | LEADS / LEAD_GENERATION / ON_AD                   | forms sent on Facebook             |
 * | LEADS        | neither             | LEADS / LANDING_PAGE_VIEWS / website              | nothing (visits are counted)       |
 * | SALES        | pixel               | SALES / OFFSITE_CONVERSIONS (PURCHASE) / website  | purchases, with their value        |
 * | SALES        | no pixel            | SALES / LANDING_PAGE_VIEWS / website              | nothing (visits are counted)       |
 * | TRAFFIC      | –                   | TRAFFIC / LANDING_PAGE_VIEWS / website            | nothing (visits are counted)       |
 * | MESSAGES     | Page                | ENGAGEMENT / CONVERSATIONS / MESSENGER            | conversations begun                |
 * | CALLS        | Page, phone         | TRAFFIC / LINK_CLICKS / PHONE_CALL                | taps on the call button            |
 * | APP_INSTALLS | registered app      | APP_PROMOTION / APP_INSTALLS                      | installs                           |
 * | APP_INSTALLS | store page only     | TRAFFIC / LINK_CLICKS / website                   | nothing (clicks are counted)       |
 */
export type GoalAssets = {
  pageId: string;
  pixelId: string | null;
  leadFormId?: string | null;
  app?: { applicationId: string; storeUrl: string } | null;
};

export type AdSetGoal = {
  optimizationGoal: string;
  /** Null: not sent; Meta then means the website. */
  destinationType: string | null;
  promotedObject: Record<string, string> | null;
  attribution: { event_type: string; window_days: number }[] | null;
};

const OBJECTIVES: Record<Goal, string> = {
  LEADS: 'OUTCOME_LEADS',
  SALES: 'OUTCOME_SALES',
  TRAFFIC: 'OUTCOME_TRAFFIC',
  MESSAGES: 'OUTCOME_ENGAGEMENT',
  CALLS: 'OUTCOME_TRAFFIC',
  APP_INSTALLS: 'OUTCOME_APP_PROMOTION',
};

/** The campaign's objective. An app that is not registered with Meta cannot be promoted as one. */
export function objectiveOf(goal: Goal, app: GoalAssets['app']): string {
  return goal === 'APP_INSTALLS' && !app ? 'OUTCOME_TRAFFIC' : OBJECTIVES[goal];
}

/** Meta's default for site conversions, sent so that it is ours to know: 7 days after a click, 1 after a view. */
const SITE_ATTRIBUTION = [
  { event_type: 'CLICK_THROUGH', window_days: 7 },
  { event_type: 'VIEW_THROUGH', window_days: 1 },
];
const visits = (optimizationGoal: string): AdSetGoal => ({
  optimizationGoal,
  destinationType: null,
  promotedObject: null,
  attribution: null,
});
const onSite = (pixelId: string, event: string): AdSetGoal => ({
  optimizationGoal: 'OFFSITE_CONVERSIONS',
  destinationType: 'WEBSITE',
  promotedObject: { pixel_id: pixelId, custom_event_type: event },
  attribution: SITE_ATTRIBUTION,
});

/** Optimization goal, destination and promoted object of an ad set. */
export function adSetGoalOf(goal: Goal, assets: GoalAssets): AdSetGoal {
  const { pageId, pixelId, leadFormId, app } = assets;
  switch (goal) {
    case 'LEADS':
      if (leadFormId)
        return {
          optimizationGoal: 'LEAD_GENERATION',
          destinationType: 'ON_AD',
          promotedObject: { page_id: pageId },
          attribution: null,
        };
      return pixelId ? onSite(pixelId, 'LEAD') : visits('LANDING_PAGE_VIEWS');
    case 'SALES':
      return pixelId ? onSite(pixelId, 'PURCHASE') : visits('LANDING_PAGE_VIEWS');
    case 'TRAFFIC':
      return visits('LANDING_PAGE_VIEWS');
    case 'MESSAGES':
      return {
        optimizationGoal: 'CONVERSATIONS',
        destinationType: 'MESSENGER',
        promotedObject: { page_id: pageId },
        attribution: null,
      };
    case 'CALLS':
      return {
        optimizationGoal: 'LINK_CLICKS',
        destinationType: 'PHONE_CALL',
        promotedObject: { page_id: pageId },
        attribution: null,
      };
    case 'APP_INSTALLS':
      if (!app) return visits('LINK_CLICKS');
      return {
        optimizationGoal: 'APP_INSTALLS',
        destinationType: 'APP',
        attribution: null,
        promotedObject: { application_id: app.applicationId, object_store_url: app.storeUrl },
      };
  }
}

/** What an ad set was really set up to count, read back from the platform. */
export type MeasuredAdSet = {
  optimization_goal?: string | undefined;
  destination_type?: string | undefined;
  promoted_object?: Record<string, unknown> | undefined;
};

/** Action types that mean one result; they overlap, so the first that exists is taken and never a sum. */
export type Measure = {
  actions: readonly string[];
  hasValue: boolean;
  /** The goal of ours that counts the same thing; absent where none does (carts, registrations). */
  goal?: Goal;
};

const PURCHASES: Measure = {
  actions: ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'],
  hasValue: true,
  goal: 'SALES',
};
const SITE_LEADS: Measure = { actions: ['offsite_conversion.fb_pixel_lead', 'lead'], hasValue: false, goal: 'LEADS' };
const FORM_LEADS: Measure = {
  actions: ['onsite_conversion.lead_grouped', 'leadgen_grouped', 'lead'],
  hasValue: false,
  goal: 'LEADS',
};
const CONVERSATIONS: Measure = {
  actions: ['onsite_conversion.messaging_conversation_started_7d'],
  hasValue: false,
  goal: 'MESSAGES',
};
const INSTALLS: Measure = {
  actions: ['omni_app_install', 'mobile_app_install'],
  hasValue: false,
  goal: 'APP_INSTALLS',
};
const CALL_TAPS: Measure = { actions: ['link_click'], hasValue: false, goal: 'CALLS' };
const REGISTRATIONS: Measure = {
  actions: ['omni_complete_registration', 'complete_registration', 'offsite_conversion.fb_pixel_complete_registration'],
  hasValue: false,
};
const CARTS: Measure = { actions: ['omni_add_to_cart', 'offsite_conversion.fb_pixel_add_to_cart'], hasValue: false };
const CHECKOUTS: Measure = {
  actions: ['omni_initiated_checkout', 'offsite_conversion.fb_pixel_initiate_checkout'],
  hasValue: false,
};

const SITE_EVENTS: Record<string, Measure> = {
  LEAD: SITE_LEADS,
  PURCHASE: PURCHASES,
  COMPLETE_REGISTRATION: REGISTRATIONS,
  ADD_TO_CART: CARTS,
  INITIATED_CHECKOUT: CHECKOUTS,
};

/** What counts as a result of an ad set, or null where it counts nothing but visits and clicks. */
export function measureOf(adSet: MeasuredAdSet): Measure | null {
  const { optimization_goal: goal, destination_type: destination, promoted_object: promoted } = adSet;
  if (goal === 'LEAD_GENERATION' || goal === 'QUALITY_LEAD') return FORM_LEADS;
  if (goal === 'CONVERSATIONS') return CONVERSATIONS;
  if (goal === 'APP_INSTALLS') return INSTALLS;
  if (destination === 'PHONE_CALL') return CALL_TAPS;
  if (goal !== 'OFFSITE_CONVERSIONS' && goal !== 'VALUE') return null;
  if (typeof promoted?.custom_conversion_id === 'string') {
    return { actions: [`offsite_conversion.custom.${promoted.custom_conversion_id}`], hasValue: false };
  }
  return SITE_EVENTS[String(promoted?.custom_event_type ?? 'PURCHASE')] ?? null;
}

const USUAL: Record<Goal, Measure | null> = {
  LEADS: { actions: [...SITE_LEADS.actions, ...FORM_LEADS.actions], hasValue: false },
  SALES: PURCHASES,
  TRAFFIC: null,
  MESSAGES: CONVERSATIONS,
  CALLS: CALL_TAPS,
  APP_INSTALLS: INSTALLS,
};

/** What a goal usually counts, for objects whose own setup can no longer be read. */
export function usualMeasure(goal: Goal): Measure | null {
  return USUAL[goal];
}
