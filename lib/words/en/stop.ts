import type { MoneyJson } from '../../domain/money';
import type { StopTargetState, StopView } from '../../domain/views';
import { formatMoney } from '../format';

/** Everything an owner reads about the emergency stop. */
export const stopWords = {
  title: 'Stop all ads',
  explain: 'One press pauses every ad. Nothing new is spent after that. Starting again takes your yes on a card.',
  press: 'Stop all ads now',
  linkTitle: 'Stop your ads',
  linkExplain:
    'This link can do one thing: pause your ads. It cannot start anything, and it shows nothing else of your account.',
  linkUnknown: 'This link stops nothing.',
  linkUnknownNext:
    'A part of it may be missing, or it was replaced by a newer one. Your ads are as they were. Sign in and press “Stop all” at the top of the page.',
  linkExpired: 'This link is too old. Please sign in to stop your ads.',
  linkRevoked: 'This link was switched off. Please sign in to stop your ads.',
  linkFailed: 'That did not work just now. Your ads may still be running. Please press again, or sign in.',
  signIn: 'Sign in',
} as const;

/** How far a stop is, in one sentence. */
export function stopSentence(stop: StopView): string {
  const { campaigns, confirmed } = stop.counts;
  if (stop.state === null) return 'Nothing is stopped.';
  if (campaigns === 0) return 'Everything is stopped. There was nothing running.';
  if (stop.state === 'STOPPED')
    return campaigns === 1
      ? 'Stopped. Facebook confirmed that the campaign is paused.'
      : `Stopped. Facebook confirmed that all ${campaigns} campaigns are paused.`;
  return `${confirmed} of ${campaigns} campaigns are confirmed as paused. I keep trying with the rest, and I look at each one until it is.`;
}

const STATES: Record<StopTargetState, string> = {
  CONFIRMED: 'Paused, and checked at Facebook',
  SENT: 'Facebook took it. I am checking that it holds',
  QUEUED: 'Waiting to be sent. It follows by itself',
  FAILED: 'Facebook refused it. I keep trying; you can also pause it at Facebook yourself',
};

const REASONS: Record<string, string> = {
  platform_retry_later: 'Facebook lets us make only so many changes at a time',
  platform_unknown_outcome: 'Facebook did not answer',
  platform_reauthorise: 'Facebook no longer accepts our sign-in: please connect it again',
  platform_not_permitted: 'Facebook does not let this sign-in change it',
  facebook_not_connected: 'the account is no longer connected',
  still_on: 'it still runs at Facebook',
  still_in_flight: 'an earlier change is still on its way',
};

export function stopStateSentence(state: StopTargetState, reason: string | null): string {
  const why = reason ? REASONS[reason] : undefined;
  return why ? `${STATES[state]}: ${why}.` : `${STATES[state]}.`;
}

/** The e-mail of every launch. */
export function launchMail(input: { name: string; campaign: string; url: string }): { subject: string; text: string } {
  return {
    subject: `Your ads have started: ${input.campaign}`,
    text: [
      `Hello ${input.name},`,
      `"${input.campaign}" is now at Facebook and runs inside the limits you approved.`,
      `If you ever want to stop at once, open this link. It works without signing in and can only pause:\n${input.url}`,
      'It works for 30 days. Nobody can start or change anything with it.',
    ].join('\n\n'),
  };
}

/** The card that lifts a stop. */
export const releaseWords = {
  eyebrow: 'The stop',
  title: 'Lift the stop?',
  titleDone: 'Lifting the stop',
  lead: 'One press lifts the stop and switches on exactly what is listed here. Facebook may need to look at the ads once more.',
  nothing: 'Nothing was running when you stopped, so nothing starts again. I may work inside your limits again.',
  listTitle: 'What runs again',
  perDay: (money: string) => `${money} a day`,
  total: (money: string) => `Together ${money} a day.`,
  limits: 'Your limits stay as they are, and everything that is not listed stays off.',
  approve: 'Lift the stop',
  decline: 'Leave it stopped',
};

/** The sentence above the card. */
export function releaseAsked(campaigns: readonly { name: string; perDay: MoneyJson }[]): string {
  if (campaigns.length === 0) return `${releaseWords.title} ${releaseWords.nothing}`;
  const listed = campaigns.map(({ name, perDay }) => `"${name}" for ${formatMoney(perDay, 'en')} a day`);
  return `${releaseWords.title} This runs again: ${new Intl.ListFormat('en', { type: 'conjunction' }).format(listed)}.`;
}
