import type { CampaignAction, GuardBack } from '../../domain/action';
import { type CampaignMove, changeOf, movedMinor } from '../../domain/campaign-move';
import type { PolicyReason } from '../../domain/policy-input';
import { formatDay, formatMoney, type Locale } from '../format';
import { testAsked, testStarted } from './ad-tests';
import { audienceAsked } from './audience';

export type ActionSaid = {
  action: CampaignAction;
  /** The ad or group it was done to, as the owner knows it ("Birthday cakes"); null for the whole campaign. */
  subject: string | null;
  campaign: string;
  isUndo: boolean;
  /** The owner pressed Approve on exactly this; otherwise it was inside what the plan allows. */
  approvedByOwner: boolean;
};

/** One plain sentence of what was done, as a message and a bell say it. */
export function actionDone(said: ActionSaid, locale: Locale): string {
  const lead = said.isUndo ? 'Taken back: ' : said.approvedByOwner ? 'Done, as you approved: ' : '';
  const sentence = `${lead}${doneClause(said, locale)}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function doneClause({ action, subject, campaign }: ActionSaid, locale: Locale): string {
  const ad = subject ? `the ad “${subject}”` : 'one ad';
  switch (action.kind) {
    case 'pause_ad':
      return `I paused ${ad} in “${campaign}”. The other ads go on with the same money.`;
    case 'resume_ad':
      return `${ad} in “${campaign}” is switched on again.`;
    case 'pause_campaign':
      return `I paused “${campaign}”. Nothing is being spent on it now.`;
    case 'resume_campaign':
      return `“${campaign}” is switched on again.`;
    case 'set_ad_set_budget':
      return `the daily budget of “${campaign}” went from ${formatMoney(action.from, locale)} to ${formatMoney(action.to, locale)}.`;
    case 'shift_budget':
      return `I moved money within “${campaign}” to where it brings more. What you pay a day in all stays the same.`;
    case 'shift_campaigns':
      return `I moved ${betweenCampaigns(action, campaign, locale)}. What you pay a day in all stays the same.`;
    case 'renew_month_guard':
      return `Facebook itself now holds “${campaign}” to your limit for the month, also when I am not there.`;
    case 'restore_guard':
      return `Facebook again ${guardHolds(action.guard, locale)} for “${campaign}”, as you approved.`;
    case 'set_audience':
      return `I changed who sees “${campaign}” (${audienceAsked(action.from, action.to, locale)}). Facebook starts learning anew, so results may swing for about a week.`;
    case 'add_ad':
      return `the new ad “${action.ad.headline}” is part of “${campaign}”. Facebook checks it before it is shown, with the same money as before.`;
    case 'start_test':
      return testStarted(action.test, campaign, locale);
    case 'end_test':
      return action.moves.length > 0
        ? `the comparison in “${campaign}” has ended, and the daily budgets are as they were before it. Nothing is concluded from it.`
        : `the comparison in “${campaign}” has ended at Facebook as well. What runs goes on as it is.`;
    case 'delete_ad':
      return `${ad} in “${campaign}” is deleted for good. What it brought stays in your numbers.`;
    case 'delete_campaign':
      return `“${campaign}” is deleted for good and spends nothing any more. What it brought stays in your numbers.`;
    case 'swap_creative':
      return `I swapped ${ad} in “${campaign}” for a fresh one you have already seen and approved.`;
  }
}

/** "stops at €300.00 in all". */
function guardHolds(guard: GuardBack, locale: Locale): string {
  if (guard.what === 'spend_cap') return `stops at ${formatMoney(guard.to, locale)} in all`;
  if (guard.what === 'stop_rule') return `pauses the ads after a day dearer than ${formatMoney(guard.to, locale)}`;
  return `ends the ads on ${formatDay(guard.to.slice(0, 10), locale)}`;
}

/** "€2.00 a day from “Cakes” to “Bread”". */
function betweenCampaigns(move: CampaignMove, home: string, locale: Locale): string {
  const amount = formatMoney(
    { minor: movedMinor(move).toString(), currency: move.moves[0]?.to.currency ?? '' },
    locale,
  );
  const [from, to] = changeOf(move.moves) < 0n ? [home, move.other.name] : [move.other.name, home];
  return `${amount} a day from “${from}” to “${to}”`;
}

/** A short name for lists: "Paused an ad: Birthday cakes". */
export function actionTitle({ action, subject, campaign, isUndo }: ActionSaid): string {
  const what = TITLES[action.kind];
  return `${isUndo ? 'Taken back: ' : ''}${what}: ${subject ?? campaign}`;
}

const TITLES: Record<CampaignAction['kind'], string> = {
  pause_ad: 'Paused an ad',
  resume_ad: 'Switched an ad on again',
  pause_campaign: 'Paused the ads',
  resume_campaign: 'Switched the ads on again',
  set_ad_set_budget: 'Changed the daily budget',
  shift_budget: 'Moved money to where it brings more',
  shift_campaigns: 'Moved money between two campaigns',
  swap_creative: 'Swapped an ad for a fresh one',
  renew_month_guard: 'Renewed the limit Facebook itself holds',
  restore_guard: 'Set back what Facebook itself holds',
  set_audience: 'Changed who sees the ads',
  add_ad: 'Added an ad',
  start_test: 'Started a comparison',
  end_test: 'Ended a comparison',
  delete_ad: 'Deleted an ad',
  delete_campaign: 'Deleted the campaign',
};

/** What a card asks for, before it is done: "Raise the daily budget from €10 to €12". */
export function actionAsked(
  { action, subject, campaign }: Pick<ActionSaid, 'action' | 'subject'> & { campaign?: string },
  locale: Locale,
): string {
  const ad = subject ? `the ad “${subject}”` : 'one ad';
  switch (action.kind) {
    case 'pause_ad':
      return `Pause ${ad}`;
    case 'resume_ad':
      return `Switch ${ad} on again`;
    case 'pause_campaign':
      return 'Pause all ads';
    case 'resume_campaign':
      return 'Switch the ads on again';
    case 'set_ad_set_budget': {
      const verb = BigInt(action.to.minor) > BigInt(action.from.minor) ? 'Raise' : 'Lower';
      return `${verb} the daily budget from ${formatMoney(action.from, locale)} to ${formatMoney(action.to, locale)}`;
    }
    case 'shift_budget':
      return 'Move money to where it brings more, with the same total a day';
    case 'shift_campaigns':
      return `Move ${betweenCampaigns(action, campaign ?? 'this campaign', locale)}, with the same total a day`;
    case 'renew_month_guard':
      return 'Renew the limit Facebook itself holds for the month';
    case 'restore_guard':
      return `Set back what Facebook itself holds: it ${guardHolds(action.guard, locale)}`;
    case 'set_audience':
      return `Change who sees the ads (${audienceAsked(action.from, action.to, locale)})`;
    case 'add_ad':
      return `Add a new ad: “${action.ad.headline}”`;
    case 'start_test':
      return testAsked(action.test);
    case 'end_test':
      return action.moves.length > 0 ? 'End the comparison and put the daily budgets back' : 'End the comparison';
    case 'delete_ad':
      return `Delete ${ad} for good`;
    case 'delete_campaign':
      return 'Delete the whole campaign for good';
    case 'swap_creative':
      return `Swap ${ad} for a fresh one you have already seen`;
  }
}

const REASONS: Record<PolicyReason | 'not_supported', string> = {
  not_supported: 'Facebook does not let me do this from here.',
  role_may_not: 'Your role here does not allow this change.',
  stopped_by_owner: 'You stopped all changes.',
  lowers_spend: 'It can only lower what you spend.',
  owner_asked: 'You asked for it.',
  restores_own_pause: 'It takes back a pause of my own.',
  clearly_bad_ad: 'You allowed me to pause an ad that is clearly doing badly.',
  approved_reserve: 'You allowed me to use the fresh ads you have seen.',
  keeps_month_limit: 'It keeps your limit for the month, at Facebook as well.',
  sum_unchanged: 'The total you pay a day stays the same.',
  alarm_open: 'Something is wrong with the numbers right now, so nothing but stopping is safe.',
  stale_data: 'The numbers are not fresh enough to decide on.',
  not_confident: 'I am not sure enough to do it without asking.',
  last_delivering_ad: 'It is the last ad still being shown.',
  pausing_not_allowed_alone: 'You asked me to check before pausing an ad.',
  swapping_not_allowed_alone: 'You asked me to check before using a fresh ad.',
  moving_not_allowed_alone: 'You asked me to check before moving money.',
  reserve_not_approved: 'You have not seen that fresh ad yet.',
  too_many_changes_today: 'Enough was changed today.',
  too_soon_after_change: 'It was changed too recently. Ads need some rest between changes.',
  pauses_whole_campaign: 'It would stop all the ads, so you decide.',
  resumes_spend: 'It would start spending again, so you decide.',
  raises_total: 'It would raise what you spend, so you decide.',
  raises_much: 'It would raise what you spend a lot, so you decide.',
  above_ceiling: 'It would not fit into your limit for the month.',
  above_day_limit: 'It would not fit into your limit for one day.',
  above_week_limit: 'It would not fit into your limit for seven days.',
  above_step_limit: 'It is a bigger raise than you want to be asked for.',
  quiet_hours: 'It is one of the hours in which you want nothing changed.',
  step_too_large: 'It is a bigger step than you allowed me alone.',
  week_limit_reached: 'Enough money was moved this week.',
  sum_changes: 'It would change the total you pay, so you decide.',
  raises_ceiling: 'It would raise your limit for the month, so you decide.',
  budget_out_of_date: 'The budget has changed since I looked.',
  wrong_currency: 'It is in another currency than your account.',
  not_positive: 'It is not an amount that can be spent.',
  nothing_changes: 'It would change nothing.',
  unknown_ad_set: 'I cannot find what it is about any more.',
  changes_audience: 'It would change who sees your ads, so you decide.',
  new_ad: 'You have not seen this ad before, so you decide.',
  starts_test: 'It binds what I may change for a while, so you decide.',
  test_over: 'The comparison is over.',
  test_runs: 'A comparison is running, so this is left alone until it has its answer.',
  deletes_for_good: 'It cannot be taken back, so you decide.',
  special_category_audience:
    'Ads about jobs, homes or credit must be open to adults of every age, 25 km or more around a town.',
};

/** Why policy allowed, asked or refused, one sentence per reason; unknown codes are left out. */
export function reasonSentences(reasons: readonly string[]): string[] {
  return reasons.flatMap((reason) => (Object.hasOwn(REASONS, reason) ? [REASONS[reason as keyof typeof REASONS]] : []));
}

/** What taking an action back restores and what it cannot, said before it is pressed; null where there is no way back. */
export function undoSays(action: CampaignAction, locale: Locale): string | null {
  switch (action.kind) {
    case 'pause_ad':
      return 'Undo switches the ad on again. The days it was off do not come back.';
    case 'resume_ad':
      return 'Undo pauses the ad again. What it spent meanwhile stays spent.';
    case 'pause_campaign':
      return 'Undo switches the ads on again, with the same money as before. The days they were off do not come back.';
    case 'resume_campaign':
      return 'Undo pauses the ads again. What they spent meanwhile stays spent.';
    case 'set_ad_set_budget':
      return BigInt(action.to.minor) > BigInt(action.from.minor)
        ? `Undo sets the daily budget back to ${formatMoney(action.from, locale)}. What was spent meanwhile stays spent, and a limit raised with it stays until you lower it.`
        : `Undo sets the daily budget back to ${formatMoney(action.from, locale)}. That costs more a day, so I ask on a card first.`;
    case 'shift_budget':
      return 'Undo moves the money back to where it was. What was spent meanwhile stays spent.';
    case 'shift_campaigns':
      return 'Undo moves the money back to the campaign it came from. What was spent meanwhile stays spent.';
    case 'set_audience':
      return 'Undo shows the ads to the people from before. Facebook then has to find its feet once more.';
    case 'add_ad':
      return 'Undo switches this ad off again; the others go on. What it spent meanwhile stays spent.';
    case 'start_test':
      return action.test.moves.length > 0
        ? 'Undo ends the comparison and puts the daily budgets back. Nothing is concluded from it.'
        : 'Undo ends the comparison. The ads go on, and nothing is concluded from it.';
    case 'end_test':
    case 'delete_ad':
    case 'delete_campaign':
      return null;
    case 'swap_creative':
      return 'Undo puts the earlier picture and text back. Facebook checks them again before they are shown.';
    case 'renew_month_guard':
    case 'restore_guard':
      return null;
  }
}
