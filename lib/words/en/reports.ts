import type { Goal } from '../../domain/brief';
import type { ReportView } from '../../domain/message';
import type { ReportFigures, Trend } from '../../domain/report-math';
import { formatDays, formatMoney, formatNumber, formatRange, type Locale } from '../format';
import { countResults, resultWords } from './cards';

type Week = Pick<ReportView, 'campaignName' | 'since' | 'until'>;

/** Name of a report in lists: "Week 16–22 Nov: Birthday cakes". */
export function reportTitle(view: Week, locale: Locale): string {
  return `Week ${formatDays(view.since, view.until, locale)}: ${view.campaignName}`;
}

/** The week in two to four plain sentences; each number comes from the figures. */
export function reportSummary(figures: ReportFigures, goal: Goal, locale: Locale): string {
  return [
    spentSentence(figures, locale),
    resultSentence(figures, goal, locale),
    trendSentence(figures, goal, locale),
    expectedSentence(figures, goal, locale),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

function spentSentence({ totals, partialWeek, days }: ReportFigures, locale: Locale): string {
  if (totals.impressions === 0) return 'Your ads were not shown to anyone this week, and nothing was spent.';
  const span = partialWeek ? (days === 1 ? 'On the first day' : `In the ${days} days it ran`) : 'This week';
  const reached = totals.reach === null ? '' : ` and reached about ${formatNumber(totals.reach, locale)} people`;
  return `${span} your ads cost ${formatMoney(totals.spend, locale)}${reached}.`;
}

function resultSentence({ totals, reportedShare }: ReportFigures, goal: Goal, locale: Locale): string | null {
  if (totals.impressions === 0) return null;
  const { clicks, results, costPerResult } = totals;
  const clicked = `${formatNumber(clicks, locale)} ${clicks === 1 ? 'click' : 'clicks'}`;
  if (goal === 'TRAFFIC' || results === null) return `They brought ${clicked}.`;
  if (results === 0 || costPerResult === null) return `They brought ${clicked} and no ${resultWords[goal].one} yet.`;
  const late = reportedShare < LATE_BELOW ? ' A few more may still be counted.' : '';
  return `They brought ${clicked} and ${countResults(results, goal, locale)}; each cost ${formatMoney(costPerResult, locale)}.${late}`;
}

/** Below this share of reported results the owner is told that more may come. */
const LATE_BELOW = 0.9;

function trendSentence({ trend, partialWeek }: ReportFigures, goal: Goal, locale: Locale): string | null {
  if (partialWeek) return 'It was a short week, so there is nothing to compare it with yet.';
  const compared: Trend | null = trend?.results ?? trend?.clicks ?? null;
  if (!compared || compared.before === 0) return null;
  const what = trend?.results ? resultWords[goal].many : 'clicks';
  if (compared.direction === 'same' || compared.withinNormal)
    return `The number of ${what} is within the usual ups and downs compared with the week before.`;
  const change = Math.round(Math.abs(compared.now / compared.before - 1) * 100);
  return `That is ${formatNumber(change, locale)}% ${compared.direction === 'up' ? 'more' : 'fewer'} ${what} a day than the week before, more than the usual ups and downs.`;
}

function expectedSentence({ expected, against, totals }: ReportFigures, goal: Goal, locale: Locale): string | null {
  if (!expected || against === null || totals.results === null) return null;
  const said = `I had said ${formatRange(expected, locale)} ${resultWords[goal].many} for these days`;
  if (against === 'within') return `${said}, and it is inside that.`;
  return against === 'below' ? `${said}, so it is fewer than I expected.` : `${said}, so it is more than I expected.`;
}

export const reportWords = {
  watching: {
    early: 'Whether the ads differ from each other. There is too little data yet to say, so I leave them alone.',
    late: 'Late results: some of this week’s customers are counted only days after their click.',
    quiet: (days: number) =>
      days === 1
        ? 'I looked at the numbers on 1 day and left everything as it is.'
        : `I looked at the numbers on ${days} days and left everything as it is.`,
    inReview: 'Facebook is still checking the ads.',
  },
  needs: {
    reconnect: 'Please connect Facebook again, so that I can see your numbers.',
    card: (asked: string) => `Decide on my suggestion: ${asked}.`,
    plan: 'Look at the plan that waits for your yes.',
    paused: 'The ads are paused. Tell me if they should run again.',
  },
};
