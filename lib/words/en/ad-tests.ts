import type { AdTestTerms } from '../../domain/ad-test';
import { formatDay, formatNumber, formatPercent, type Locale } from '../format';

type Of = Pick<AdTestTerms, 'level' | 'drawnBy' | 'measure'>;
type Sized = Of & Pick<AdTestTerms, 'seesPercent' | 'days' | 'answerBy'>;

/** What stands on the card of a comparison, and above and below it. */
export const testCardWords = {
  compared: { ad: 'These ads are compared', adset: 'These groups are compared' },
  letters: ['A', 'B', 'C', 'D', 'E', 'F'],
  labels: {
    question: 'The question',
    measure: 'What counts',
    sees: 'What it can see',
    until: 'When you know',
    cost: 'What it costs',
    draw: 'Who sees what',
    meanwhile: 'Until then',
  },
  money: 'The daily budget of each',
  approve: 'Start the comparison',
};

/** The card, line by line. Nothing is promised that the size of the test does not carry. */
export function testCardLines(
  test: Sized & Pick<AdTestTerms, 'moves' | 'question'>,
  locale: Locale,
): { label: string; text: string }[] {
  const { labels } = testCardWords;
  return [
    ...(test.question ? [{ label: labels.question, text: `“${test.question}”` }] : []),
    { label: labels.measure, text: `${capital(measured(test))}.` },
    { label: labels.sees, text: seesSentence(test, locale) },
    { label: labels.until, text: untilSentence(test, locale) },
    { label: labels.cost, text: costSentence(test) },
    { label: labels.draw, text: drawSentence(test) },
    { label: labels.meanwhile, text: meanwhileSentence(test) },
  ];
}

function measured({ level, measure }: Of): string {
  if (level === 'adset')
    return measure === 'results'
      ? 'how many people act for the same money'
      : 'how many people click for the same money';
  return measure === 'results' ? 'how many people act after clicking' : 'how many of those who see it click';
}

function seesSentence({ seesPercent }: Sized, locale: Locale): string {
  return `A difference of ${formatPercent(seesPercent / 100, locale)} or more is seen four times out of five. A smaller one may stay hidden.`;
}

function untilSentence({ answerBy, measure, days: length }: Sized, locale: Locale): string {
  const late = measure === 'results' ? ' People act up to a week after their click, so the last week is waiting.' : '';
  return `By ${formatDay(answerBy, locale)} if you start it today (${days(length, locale)} of showing), sooner if it is clear.${late}`;
}

function costSentence({ moves }: Pick<AdTestTerms, 'moves'>): string {
  return moves.length > 0
    ? 'Nothing more. Both groups get the same daily budget; together it stays what it is now.'
    : 'Nothing more. It runs inside the daily budget you have.';
}

/** Who decides who sees what, which is what a result may be called. */
export function drawSentence({ level, drawnBy }: Pick<Of, 'level' | 'drawnBy'>): string {
  if (drawnBy === 'lot')
    return 'Facebook draws by lot which people may see which group; nobody sees both. A difference then comes from the groups themselves.';
  return level === 'adset'
    ? 'Facebook decides who sees which group, and some people may see both. So it shows what the groups bring the way Facebook shows them, not a draw by lot.'
    : 'Facebook decides who sees which ad. So it shows what the ads bring the way Facebook shows them, not a draw by lot.';
}

function meanwhileSentence({ level }: Of): string {
  return level === 'adset'
    ? 'I move no money between them and change none of their ads. You can end it any time with Undo.'
    : 'I pause none of them and swap none of them. You can end it any time with Undo.';
}

/** What a card asks for, and the title above it. */
export function testAsked({ level, arms }: Pick<AdTestTerms, 'level' | 'arms'>): string {
  if (level === 'adset') return 'Compare two groups of ads';
  return arms.length === 2 ? 'Compare two ads' : `Compare ${arms.length} ads`;
}

export function testStarted(test: AdTestTerms, campaign: string, locale: Locale): string {
  const what = test.level === 'adset' ? 'the two groups' : `the ${test.arms.length === 2 ? 'two ' : ''}ads`;
  return `the comparison of ${what} in “${campaign}” runs: ${measured(test)}. I tell you the answer by ${formatDay(test.answerBy, locale)}, sooner if it is clear.`;
}

/** Said in the chat when the card was put there, or why there is none. */
export function testWishSentence(
  said:
    | { test: Sized & Pick<AdTestTerms, 'moves'>; names: readonly string[] }
    | { refused: string; days: number | null },
  locale: Locale,
): string {
  if ('refused' in said) return testRefusal(said, locale);
  const { test, names } = said;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map((name) => `“${name}”`));
  return `I have put a card here: I would compare ${list} by ${measured(test)}. ${untilSentence(test, locale)} ${seesSentence(test, locale)} ${drawSentence(test)} Nothing starts before you press.`;
}

export function testRefusal(
  { refused, days: needed, names = [] }: { refused: string; days: number | null; names?: readonly string[] },
  locale: Locale,
): string {
  if (Object.hasOwn(REFUSALS, refused)) return REFUSALS[refused as keyof typeof REFUSALS];
  if (refused === 'not_an_ad_yet')
    return `${names.map((name) => `“${name}”`).join(' and ')} is not among the ads that run. Tell me to make an ad of it; once it is shown beside another one, I can compare the two.`;
  return needed === null
    ? 'At this pace no comparison would ever see a difference, so I would not start one.'
    : `I would not start it: at this pace it would take about ${days(needed, locale)} to see a difference of a third, and in so long a time too much else changes. Meanwhile I watch the ads every day and stop one that is clearly worse.`;
}

const REFUSALS = {
  nothing_runs: 'No ads are running, so there is nothing to compare.',
  runs_already: 'A comparison is already running. I tell you as soon as it has its answer.',
  not_running: 'The ads are not running now, so there is nothing to compare.',
  needs_two_arms: 'It takes two ads that are being shown side by side, and there are not two now.',
  needs_two_groups:
    'It takes two groups of ads that run side by side, each with a budget of its own, and there are not two now. I can compare the ads inside the one there is.',
  nothing_comes_in: 'Nothing has been counted yet that could be compared. Ask me again in a few days.',
  budgets_cannot_be_halved:
    'Both groups would need the same daily budget, and Facebook does not take half of what they have together. Nothing was changed.',
};

const days = (count: number, locale: Locale) => `${formatNumber(count, locale)} ${count === 1 ? 'day' : 'days'}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
