import type { Goal } from '../brief';
import { samePoissonRate } from '../statistics/rate-comparison';
import { costSeen, type DayCount, dispersion } from './cost-seen';
import { grouped } from './grouped';
import type { Hypothesis, PastDay } from './past';

/** Results a campaign needs before it is compared with another. */
export const LEAST_RESULTS = 10;
const LUCK = 0.05;

/**
 * The cheapest and the dearest campaign of a goal, where luck alone would hardly make them differ so much. Every pair that
 * could have been picked is paid for (Bonferroni), and days that swing make the counts worth less. Which people saw which
 * campaign was nobody's draw, so this is something to test and never a finding.
 */
export function hypothesisOf(goal: Goal, days: readonly PastDay[], currency: string): Hypothesis | null {
  const campaigns = [...grouped(days, (day) => day.campaignId)]
    .map(([campaignId, own]) => ({ campaignId, days: own.map(toCount) }))
    .map((own) => ({ ...own, results: sum(own.days, 'events'), spend: sum(own.days, 'spend') }))
    .filter(({ results, spend }) => results >= LEAST_RESULTS && spend > 0)
    .sort((a, b) => b.results / b.spend - a.results / a.spend);
  const [better, worse] = [campaigns[0], campaigns.at(-1)];
  if (!better || !worse || better === worse) return null;
  const pairs = (campaigns.length * (campaigns.length - 1)) / 2;
  const wider = Math.max(...campaigns.map((one) => dispersion(one.days)));
  const rate = (one: typeof better) => ({ events: Math.round(one.results / wider), exposure: one.spend / wider });
  const chanceByLuck = Math.min(1, pairs * samePoissonRate(rate(better), rate(worse)));
  const seen = (one: typeof better) => {
    const perResult = costSeen(one.days, currency, LEAST_RESULTS);
    return perResult && { campaignId: one.campaignId, results: one.results, perResult };
  };
  const [high, low] = [seen(better), seen(worse)];
  return chanceByLuck < LUCK && high && low ? { goal, better: high, worse: low, chanceByLuck } : null;
}

function toCount(day: PastDay): DayCount {
  return { events: day.results ?? 0, spend: Number(day.spendMinor) };
}

function sum(days: readonly DayCount[], of: keyof DayCount): number {
  return days.reduce((total, day) => total + day[of], 0);
}
