import { formatDay, formatNumber, formatPercent, type Locale } from '../format';

export type AdTestSaid =
  | {
      plan: { measure: 'clicks' | 'results'; wantedLift: number; days: number; arms: readonly string[] };
      names: readonly string[];
      started: boolean;
      endsOn: string | null;
    }
  | { refused: string; days: number | null };

/** What a comparison of ads could see and when it ends, or why it would see nothing. */
export function adTestSentence(said: AdTestSaid, locale: Locale): string {
  if ('refused' in said) return refusal(said, locale);
  const { plan, names, started, endsOn } = said;
  const list = names.map((name) => `“${name}”`).join(', ');
  const what = plan.measure === 'results' ? 'how many people act after clicking' : 'how many people click';
  const end = endsOn ? `until ${formatDay(endsOn, locale)}` : `for ${days(plan.days, locale)}`;
  const late =
    plan.measure === 'results' ? ' People act up to a week after their click, so the answer comes a week later.' : '';
  const sees = `A difference of ${formatPercent(plan.wantedLift, locale)} would be seen four times out of five; a smaller one may stay hidden.`;
  const label =
    'Facebook itself decides who sees which ad, so this shows what the ads bring the way Facebook shows them, not a draw by lot.';
  const head = started
    ? `It runs: I compare ${list} by ${what}, ${end}, and pause none of them meanwhile.`
    : `I would compare ${list} by ${what}, ${end}, and pause none of them meanwhile. It costs nothing more.`;
  return `${head}${late} ${sees} ${label}${started ? '' : ' Say “start the test” and I start it.'}`;
}

function refusal({ refused, days: needed }: { refused: string; days: number | null }, locale: Locale): string {
  if (refused === 'runs_already') return 'A comparison is already running. I tell you as soon as it has its answer.';
  if (refused === 'not_running') return 'The ads are not running now, so there is nothing to compare.';
  if (refused === 'needs_two_arms')
    return 'It takes two ads that are being shown side by side, and there are not two now.';
  if (refused === 'nothing_comes_in')
    return 'Nothing has been counted yet that could be compared. Ask me again in a few days.';
  return needed === null
    ? 'At this pace no comparison would ever see a difference, so I would not start one.'
    : `I would not start it: at this pace it would take about ${days(needed, locale)} to see a difference of a third, and in so long a time too much else changes. Meanwhile I watch the ads every day and stop one that is clearly worse.`;
}

const days = (count: number, locale: Locale) => `${formatNumber(count, locale)} ${count === 1 ? 'day' : 'days'}`;
