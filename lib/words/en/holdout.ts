import type { HoldoutAnswer, HoldoutPlan } from '../../domain/optimization/experiments/plan-holdout';
import { formatNumber, formatPercent, type Locale } from '../format';

/** What a test with and without ads could show and what it costs, or why it would show nothing. */
export function holdoutSentence(answer: HoldoutAnswer, said: { believed: number; locale: Locale }): string {
  const { locale } = said;
  if ('refused' in answer) {
    if (answer.refused === 'too_few_weeks')
      return 'For such a test I need your sales of at least 8 whole weeks, one number a week, whatever brought them.';
    const seen =
      answer.detectableShare === null ? '' : ` It would have to be at least ${share(answer.detectableShare, locale)}.`;
    return `I would not run that test: your weeks differ so much by themselves that ads bringing ${share(said.believed / 100, locale)} of your sales would not stand out.${seen} A longer test, or more weeks of your own figures, would help.`;
  }
  const { plan } = answer;
  return `${howItRuns(plan, locale)} It would show whether the ads bring at least ${share(plan.detectableShare, locale)} of all your sales, four times out of five. If they bring ${share(said.believed / 100, locale)}, it costs you about ${formatNumber(Math.round(plan.expectedCostWeeks * 10) / 10, locale)} weeks’ worth of sales you would otherwise have made. Nothing is switched off unless you say so.`;
}

function howItRuns({ kind, weeks, on, off }: HoldoutPlan, locale: Locale): string {
  if (kind === 'regions')
    return `For ${formatNumber(weeks, locale)} weeks the ads would not be shown in ${off.join(', ')}, and go on everywhere else.`;
  const order = on.map((week) => (week ? 'on' : 'off')).join(', ');
  return `For ${formatNumber(weeks, locale)} weeks the ads would be on and off by turns, in an order picked by chance: ${order}.`;
}

const share = (value: number, locale: Locale) => formatPercent(value, locale);

export const holdoutWords = {
  ask: 'To know that, the ads would rest in some weeks, picked by chance, and I would compare those with the others. Whether that could show anything depends on your size. How many sales did you have in each of the last 8 weeks or more? Oldest first, for example “12, 15, 9, 14, 11, 16, 13, 12”.',
};
