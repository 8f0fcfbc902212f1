import type { CampaignAction } from '../../domain/action';
import { formatMoney, type Locale } from '../format';

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
  const ad = subject ? `the ad "${subject}"` : 'one ad';
  switch (action.kind) {
    case 'pause_ad':
      return `I paused ${ad} in "${campaign}". The other ads go on with the same money.`;
    case 'resume_ad':
      return `${ad} in "${campaign}" is switched on again.`;
    case 'pause_campaign':
      return `I paused "${campaign}". Nothing is being spent on it now.`;
    case 'resume_campaign':
      return `"${campaign}" is switched on again.`;
    case 'set_ad_set_budget':
      return `the daily budget of "${campaign}" went from ${formatMoney(action.from, locale)} to ${formatMoney(action.to, locale)}.`;
    case 'shift_budget':
      return `I moved money within "${campaign}" to where it brings more. What you pay a day in all stays the same.`;
    case 'swap_creative':
      return `I swapped ${ad} in "${campaign}" for a fresh one you have already seen and approved.`;
  }
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
  swap_creative: 'Swapped an ad for a fresh one',
};

/** What a card asks for, before it is done: "Raise the daily budget from €10 to €12". */
export function actionAsked({ action, subject }: Pick<ActionSaid, 'action' | 'subject'>, locale: Locale): string {
  const ad = subject ? `the ad "${subject}"` : 'one ad';
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
    case 'swap_creative':
      return `Swap ${ad} for a fresh one you have already seen`;
  }
}
