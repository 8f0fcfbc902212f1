import type { Goal } from '../../domain/brief';

/** How the ads do, as the built-in helper says it. */
export const statusWords = {
  none: 'There is no campaign yet, so there are no numbers either.',
  noNumbers: (name: string) => `“${name}” has no numbers yet. Facebook usually needs some hours after it goes live.`,
  line: (input: {
    name: string;
    state: string;
    days: number;
    spend: string;
    clicks: string;
    results: string | null;
    each: string | null;
  }) =>
    `“${input.name}” ${input.state}. In the last ${input.days} ${input.days === 1 ? 'day' : 'days'} with numbers: ${input.spend} spent, ${input.clicks} clicks${
      input.results === null
        ? '; results cannot be counted here'
        : `, ${input.results}${input.each ? `, which is ${input.each} each` : ''}`
    }.`,
  early: 'That is still early, so I draw no conclusions from it.',
  results: (goal: Goal, count: string, one: boolean) => `${count} ${one ? goalUnits[goal].one : goalUnits[goal].many}`,
  states: {
    DRAFT: 'is a draft',
    PENDING_APPROVAL: 'waits for your approval',
    CHANGES_REQUESTED: 'waits for your changes',
    APPROVED: 'is approved and about to be set up',
    DEPLOYING: 'is being set up at Facebook',
    DEPLOY_FAILED: 'could not be set up completely; its card says why',
    IN_REVIEW: 'is with Facebook for review, nothing is spent meanwhile',
    ACTIVE: 'is live, as Facebook says',
    DISAPPROVED: 'was refused by Facebook',
    PAUSED: 'is paused',
    COMPLETED: 'has ended',
    ARCHIVED: 'is archived',
  } as Record<string, string>,
} as const;

/** Why something was changed, from what was recorded then. */
export const whyWords = {
  none: 'I have changed nothing on your ads so far. If something looks different, it was done at Facebook, by you, by somebody with access, or by Facebook itself.',
  did: {
    pause_ad: (name: string) => `I paused the ad ${name}`,
    resume_ad: (name: string) => `I switched the ad ${name} back on`,
    pause_campaign: () => 'I paused the whole campaign',
    resume_campaign: () => 'I switched the campaign back on',
    set_ad_set_budget: () => 'I changed the daily budget',
    swap_creative: (name: string) => `I replaced the ad ${name} by one you had seen on the plan`,
    shift_budget: () => 'I moved money between your ads',
    shift_campaigns: () => 'I moved money between two of your campaigns',
    set_audience: () => 'I changed who sees the ads',
    add_ad: (name: string) => `I added the ad ${name}`,
    start_test: () => 'I started a comparison',
    end_test: () => 'I ended a comparison',
    delete_ad: (name: string) => `I removed the ad ${name}`,
    delete_campaign: () => 'I removed the whole campaign',
  } as Record<string, (name: string) => string>,
  didOther: 'I changed something on your ads',
  noPause: 'I have not paused an ad lately. What I changed last:',
  thisAd: 'in question',
  waits: 'That one is only a proposal: it waits for your answer on its card.',
  period: (days: string) => `The numbers I had then, from ${days}:`,
  wouldChange: (what: readonly string[]) => `What would have changed my mind: ${what.join(' ')}`,
  undo: 'If you see it differently, press Undo on that message.',
} as const;

const goalUnits: Record<Goal, { one: string; many: string }> = {
  LEADS: { one: 'enquiry', many: 'enquiries' },
  SALES: { one: 'sale', many: 'sales' },
  TRAFFIC: { one: 'visit', many: 'visits' },
  APP_INSTALLS: { one: 'install', many: 'installs' },
  MESSAGES: { one: 'conversation', many: 'conversations' },
  CALLS: { one: 'call', many: 'calls' },
};
