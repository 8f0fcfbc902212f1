import type { MoneyJson } from '../../domain/money';
import { PRESETS, type PresetId } from '../../domain/optimization/presets';
import type { Envelope } from '../../domain/plan';
import { type AutonomyLevel, changedFields, POLICY_FIELDS, type PolicyField } from '../../domain/policy-change';
import { type FineLimits, limitsOf, type QuietHours } from '../../domain/policy-limits';
import { formatMoney, formatNumber, type Locale } from '../format';
import { limitsWords } from './admin';

/** One limit as a line: what it is, what it is set to, and what it means. */
export type PolicyLine = { field: PolicyField; label: string; value: string; hint: string };
export type PolicyChangeLine = { field: PolicyField; label: string; before: string; after: string };

const LABELS: Record<PolicyField, string> = {
  mode: 'What I may do at all',
  monthlyCeiling: 'Most in a calendar month',
  weekCeiling: 'Most in seven days',
  dayCeiling: 'Most on the dearest day',
  largestRaise: 'Largest raise of a daily budget at once',
  mayPauseBadAds: 'Stop an ad that is clearly doing badly',
  maySwapInReserves: 'Use a reserve ad you have seen',
  maxShiftPercent: 'Move money between groups',
  weekShiftPercent: 'Money moved in seven days',
  maxChangesPerDay: 'Changes in one day',
  cooldownHours: 'Rest between two changes of the same thing',
  quietHours: 'Quiet hours',
  literalClickRate: 'Pause any ad that fewer than 3 in 1,000 people click',
  literalShift: 'Move a fifth of the money to what did best yesterday',
  literalFrequency: 'Swap an ad once people have seen it more than three times',
};

const HINTS: Record<PolicyField, string> = {
  mode: 'While I only watch, I tell you what I would have done and change nothing.',
  monthlyCeiling: 'All ads of this shop together. Nothing can go above it without your press on a card.',
  weekCeiling: 'All ads of this shop together.',
  dayCeiling: 'On a busy day Facebook may spend up to 75% more than the daily budget. This counts that in.',
  largestRaise: 'A raise is always a card. One that adds more than this a day is not even asked for.',
  mayPauseBadAds: 'Never the last one that is being shown. You can take it back.',
  maySwapInReserves: 'Only ads that stood on the card you approved.',
  maxShiftPercent: 'The total you pay a day stays the same.',
  weekShiftPercent: 'All moves together, as a share of what you pay a day.',
  maxChangesPerDay: 'What I do without asking. Stopping ads is never held back by this.',
  cooldownHours: 'Ads need time to settle after a change.',
  quietHours: 'In these hours I change nothing on my own. Stopping still works.',
  literalClickRate: `Counted after 1,000 times shown, whatever the ad sells. ${measuredCost('pause_low_click_rate')}`,
  literalShift: `Once a day, inside your other limits. ${measuredCost('shift_every_four_hours')}`,
  literalFrequency: `Counted over a week. ${measuredCost('rotate_at_frequency_three')}`,
};

/** What a rule of thumb brought or cost beside doing nothing, as measured; never said without its range. */
function measuredCost(id: PresetId): string {
  const found = PRESETS.find((preset) => preset.id === id)?.measured;
  if (!found) return '';
  const { upliftPercent: uplift, low, high, markets } = found;
  const amount = (value: number) => `${Math.abs(value).toFixed(1).replace(/\.0$/, '')}%`;
  const range = `between ${signed(low)} and ${signed(high)}`;
  if (high <= 0 && low < 0)
    return `By itself, every four hours, it lost about ${amount(uplift)} of the money spent in ${markets} pretend shops (${range}), against leaving the ads alone.`;
  if (low <= 0 && Math.abs(uplift) < 0.5)
    return `In ${markets} pretend shops it changed practically nothing against leaving the ads alone (${range} of the money spent).`;
  return `In ${markets} pretend shops it brought about ${amount(uplift)} of the money spent (${range}), against leaving the ads alone.`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(1).replace(/\.0$/, '')}%`;
}

export const policyWords = {
  title: 'Your limits',
  cardTitle: 'Change your limits',
  month: {
    title: 'This month',
    ceiling: 'Your limit',
    spent: 'Spent so far',
    promised: 'Can still be spent by what runs now',
    left: 'Free for something new',
  },
  levels: {
    watches: 'I only watch and tell you what I would do.',
    asks: 'I ask before every change.',
    safe_steps: 'I stop bad ads and use reserves alone, and ask about the rest.',
    moves_money: 'I also move money between groups, never more in total.',
  } satisfies Record<AutonomyLevel, string>,
  record: (decisions: number, takenBack: number, locale: Locale) =>
    decisions === 0
      ? 'Nothing has been decided yet, so nothing is earned yet.'
      : `${formatNumber(decisions, locale)} ${decisions === 1 ? 'decision' : 'decisions'} so far, ${formatNumber(takenBack, locale)} of them taken back.`,
  earned: 'That record is good enough for the next step, if you want it.',
  notYet: (decisions: number, days: number) =>
    `The next step is offered after ${decisions} decisions over ${days} days with hardly any taken back.`,
  asked: 'Change your limits?',
  basis: 'The limits have changed since this card was made.',
};

/** What is in force, line by line. */
export function policyLines(envelope: Envelope, locale: Locale): PolicyLine[] {
  return POLICY_FIELDS.map((field) => ({
    field,
    label: LABELS[field],
    value: valueIn(limitsOf(envelope), field, locale),
    hint: HINTS[field],
  }));
}

/** What a change would do, line by line; only what differs. */
export function policyChangeLines(before: Envelope | null, after: Envelope, locale: Locale): PolicyChangeLine[] {
  return changedFields(before, after).map((field) => ({
    field,
    label: LABELS[field],
    before: before ? valueIn(limitsOf(before), field, locale) : 'Not set',
    after: valueIn(limitsOf(after), field, locale),
  }));
}

/** The limit of all shops together, on its card. Null: no limit of its own. */
export function workspaceLimitLines(before: MoneyJson | null, after: MoneyJson | null, locale: Locale) {
  const said = (amount: MoneyJson | null) => amountOr(amount, locale);
  return [
    {
      field: 'workspaceLimit',
      label: 'Most in a calendar month, all your shops together',
      before: said(before),
      after: said(after),
    },
  ];
}

export function workspaceLimitAsked(before: MoneyJson | null, after: MoneyJson | null, locale: Locale): string {
  const from = before ? formatMoney(before, locale) : null;
  return after
    ? `All your shops together may then cost up to ${formatMoney(after, locale)} in a calendar month${from ? `, instead of ${from}` : ''}. Shall I set it so?`
    : `There would be no limit for all your shops together any more; each keeps its own.${from ? ` It is ${from} now.` : ''} Shall I take it away?`;
}

/** The sentence above the card. */
export function policyAsked(before: Envelope | null, after: Envelope, locale: Locale): string {
  const lines = policyChangeLines(before, after, locale).map((line) => `${line.label}: ${line.after}`);
  return lines.length === 1 ? `${lines[0]}. Shall I set it so?` : `${lines.join('. ')}. Shall I set them so?`;
}

function valueIn(limits: Envelope & FineLimits, field: PolicyField, locale: Locale): string {
  switch (field) {
    case 'mode':
      return limits.mode === 'shadow' ? 'Only watch' : 'Act inside these limits';
    case 'monthlyCeiling':
      return formatMoney(limits.monthlyCeiling, locale);
    case 'weekCeiling':
    case 'dayCeiling':
    case 'largestRaise':
      return amountOr(limits[field], locale);
    case 'mayPauseBadAds':
    case 'maySwapInReserves':
      return limits[field] ? 'Alone' : 'Ask me first';
    case 'maxShiftPercent':
      return limits.maxShiftPercent === 0 ? 'Ask me first' : `Alone, up to ${limits.maxShiftPercent}% at once`;
    case 'weekShiftPercent':
      return `Up to ${limits.weekShiftPercent}%`;
    case 'maxChangesPerDay':
      return limits.maxChangesPerDay === 0 ? 'None alone' : `Up to ${limits.maxChangesPerDay}`;
    case 'cooldownHours':
      return limitsWords.hours(limits.cooldownHours);
    case 'quietHours':
      return hoursOf(limits.quietHours);
    case 'literalClickRate':
    case 'literalShift':
    case 'literalFrequency':
      return limits[field] ? 'On' : 'Off';
  }
}

function amountOr(amount: MoneyJson | null, locale: Locale): string {
  return amount ? formatMoney(amount, locale) : 'No limit of its own';
}

function hoursOf(quiet: QuietHours | null): string {
  if (!quiet || quiet.from === quiet.until) return 'None';
  return `${String(quiet.from).padStart(2, '0')}:00 to ${String(quiet.until).padStart(2, '0')}:00`;
}

export type LaunchMonth = {
  free: MoneyJson;
  fits: boolean;
  raisesFrom: MoneyJson | null;
  raisesTo: MoneyJson;
  cap: MoneyJson | null;
  until: string | null;
  perDay: MoneyJson;
};

/** How a new campaign fits into the month, said on its card. `until` is a day in words. */
export function launchMonthNotes(month: LaunchMonth, locale: Locale): string[] {
  const amount = (value: MoneyJson) => formatMoney(value, locale);
  return [
    month.raisesFrom
      ? `Approving this also raises your limit for a calendar month from ${amount(month.raisesFrom)} to ${amount(month.raisesTo)}.`
      : null,
    month.fits
      ? // A month that is all free needs no words.
        month.free.minor === month.raisesTo.minor
        ? null
        : `Of your limit, ${amount(month.free)} is still free this month for everything new.`
      : `This does not fit: only ${amount(month.free)} of your limit is still free this month. Ask for a smaller plan or a higher limit.`,
    month.cap
      ? `Facebook itself will hold these ads to ${amount(month.cap)} this month, also when I am not there.`
      : null,
    month.until
      ? `Facebook itself will end these ads on ${month.until}; I move that on while your limit has room.`
      : null,
    `A day above ${amount(month.perDay)} makes Facebook pause them at once.`,
  ].filter((sentence) => sentence !== null);
}
