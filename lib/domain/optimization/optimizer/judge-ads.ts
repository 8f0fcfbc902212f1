import { chanceBelowBest, type LogBelief, logGammaBelief, productOf } from '../../statistics/log-belief';
import { normalCdf } from '../../statistics/quantiles';
import type { AdMemory, Memory } from './memory';
import { pastResults } from './past-counts';
import type { PastCounts } from './types';

/** Settings of the ad decisions; docs/optimizer.md says what each was measured to do. */
export const ADS = {
  /**
   * Pseudo-clicks and pseudo-results that pull an ad towards its group. Ads that differ in clicks differ in sales per click
   * as well, so an ad that is about to be paused for its clicks may be unlike the others by 24 % there.
   */
  clickPrior: 16,
  resultPrior: 18,
  /** Pseudo-results that pull a group's results per click towards the account's. */
  groupPrior: 8,
  /** Days after which a click counts half: creatives tire. */
  clickHalfLife: 10,
  resultHalfLife: 28,
  qualitySlope: 0.15,
  clearlyWorse: 0.86,
  pauseChance: 0.95,
  /** P(worth less than the others on average), the second hurdle of a pause. */
  belowRestChance: 0.975,
  minClicks: 25,
  minDays: 2,
  rescueDays: 10,
  rescueChance: 0.5,
  stopLossResults: 3.9,
  stopLossChance: 0.95,
  /** Clicks without a single result after which none is taken to be counted here: one in a hundred would have brought four. */
  silentClicks: 400,
} as const;

export type JudgedAd = {
  ad: AdMemory;
  /** What it brings per showing against its group, on the logarithm. */
  worth: LogBelief;
  /** The part of it that stems from results per click; nothing known = 0 without variance. */
  perClick: LogBelief;
  clicks: number;
  results: number;
  counted: number;
  spendMinor: number;
};

/** `waits`: no result yet, but too few clicks to say that none is counted here. */
type AccountRate = { perClick: number | null; waits?: boolean };

/**
 * Account-wide results per click that can have reported, newest days weighing more. Clicks alone decide only where so many
 * of them brought no result that none is counted here; what the account counted before says the contrary from the first day.
 */
export function accountRate(memory: Memory, today: number, past?: PastCounts): AccountRate {
  let { results, counted } = pastResults(past);
  let clicks = 0;
  for (const ad of memory.ads.values())
    ad.days.forEach((day, index) => {
      if (!day) return;
      const weight = 0.5 ** ((today - index) / ADS.resultHalfLife);
      results += weight * day.results;
      counted += weight * day.counted;
      clicks += day.counted;
    });
  const perClick = results > 0 && counted > 0 ? results / counted : null;
  return { perClick, waits: clicks < ADS.silentClicks };
}

/** Every ad of one group against the group: clicks per showing of the same days, results per click, both shrunken. */
export function judgeGroup(ads: readonly AdMemory[], account: AccountRate, today: number): JudgedAd[] {
  const first = Math.max(0, today - 60);
  const rates: number[] = [];
  for (let day = first; day <= today; day += 1) {
    let [clicks, impressions] = [0, 0];
    for (const ad of ads) {
      clicks += ad.days[day]?.clicks ?? 0;
      impressions += ad.days[day]?.impressions ?? 0;
    }
    rates[day] = impressions > 0 ? clicks / impressions : 0;
  }
  const sums = ads.map((ad) => {
    const sum = { expected: 0, clicks: 0, allClicks: 0, results: 0, counted: 0, allResults: 0, spendMinor: 0 };
    for (let day = Math.max(first, ad.since); day <= today; day += 1) {
      const one = ad.days[day];
      if (!one) continue;
      const weight = 0.5 ** ((today - day) / ADS.clickHalfLife);
      const slow = 0.5 ** ((today - day) / ADS.resultHalfLife);
      sum.expected += weight * one.impressions * (rates[day] ?? 0);
      sum.clicks += weight * one.clicks;
      sum.allClicks += one.clicks;
      sum.results += slow * one.results;
      sum.counted += slow * one.counted;
      sum.allResults += one.results;
      sum.spendMinor += one.spendMinor;
    }
    return sum;
  });
  const perClick = groupRate(sums, account);
  return ads.map((ad, index) => {
    const sum = sums[index] ?? {
      expected: 0,
      clicks: 0,
      allClicks: 0,
      results: 0,
      counted: 0,
      allResults: 0,
      spendMinor: 0,
    };
    const clicks = logGammaBelief(ADS.clickPrior + sum.clicks, ADS.clickPrior + sum.expected);
    const rate = perClick === null ? unseenRate(account, clicks.mean) : resultBelief(sum, perClick, clicks.mean);
    return {
      ad,
      worth: productOf(clicks, rate),
      perClick: rate,
      clicks: sum.allClicks,
      results: sum.allResults,
      counted: sum.counted,
      spendMinor: sum.spendMinor,
    };
  });
}

function groupRate(sums: readonly { results: number; counted: number }[], { perClick }: AccountRate): number | null {
  if (perClick === null) return null;
  const results = sums.reduce((all, one) => all + one.results, 0);
  const counted = sums.reduce((all, one) => all + one.counted, 0);
  return (ADS.groupPrior + results) / (ADS.groupPrior / perClick + counted);
}

/** Before the first result an ad's results per click are as unlike the others' as the prior says, not known to be alike. */
function unseenRate({ waits }: AccountRate, logClicks: number): LogBelief {
  if (!waits) return { mean: 0, variance: 0 };
  const { variance } = logGammaBelief(ADS.resultPrior, ADS.resultPrior);
  return { mean: -ADS.qualitySlope * logClicks, variance };
}

function resultBelief(sum: { results: number; counted: number }, perClick: number, logClicks: number): LogBelief {
  const expected = sum.counted * perClick;
  const belief = logGammaBelief(ADS.resultPrior + sum.results, ADS.resultPrior + expected);
  // Ads that get more clicks convert a little worse, as far as their own results have not yet shown it.
  const unseen = ADS.resultPrior / (ADS.resultPrior + expected);
  return { mean: belief.mean - ADS.qualitySlope * logClicks * unseen, variance: belief.variance };
}

/** The ad that almost certainly brings clearly less than the best and less than the others on average; null = none. */
export function worstAd(
  judged: readonly JudgedAd[],
  mayTouch: (ad: AdMemory) => boolean,
): { one: JudgedAd; chance: number } | null {
  if (judged.length < 2) return null;
  const seen = judged.filter((one) => one.clicks >= ADS.minClicks);
  let worst: { one: JudgedAd; chance: number } | null = null;
  for (const one of seen) {
    if (!mayTouch(one.ad)) continue;
    const others = seen.filter((other) => other !== one);
    if (others.length === 0) continue;
    const belowRest = chanceBelowRest(one, others);
    if (belowRest < ADS.belowRestChance) continue;
    const chance = chanceBelowBest(
      one.worth,
      others.map((other) => other.worth),
      ADS.clearlyWorse,
    );
    if (chance >= ADS.pauseChance && (!worst || chance > worst.chance)) worst = { one, chance };
  }
  return worst;
}

function chanceBelowRest(one: JudgedAd, others: readonly JudgedAd[]): number {
  const mean = others.reduce((sum, other) => sum + other.worth.mean, 0) / others.length;
  const variance = others.reduce((sum, other) => sum + other.worth.variance, 0) / others.length ** 2;
  return normalCdf((mean - one.worth.mean) / Math.sqrt(one.worth.variance + variance));
}

/** Without a result although break-even would have brought several, and it looks worse than its group as well. */
export function hopelessAd(
  judged: readonly JudgedAd[],
  breakEvenMinor: number | null,
  mayTouch: (ad: AdMemory) => boolean,
): { one: JudgedAd; chance: number } | null {
  if (breakEvenMinor === null || breakEvenMinor <= 0 || judged.length < 2) return null;
  for (const one of judged) {
    if (one.results > 0 || one.clicks < ADS.minClicks || !mayTouch(one.ad)) continue;
    const reported = one.clicks > 0 ? one.counted / one.clicks : 0;
    if ((one.spendMinor * Math.min(1, reported)) / breakEvenMinor < ADS.stopLossResults) continue;
    const chance = chanceBelowRest(
      one,
      judged.filter((other) => other !== one),
    );
    if (chance >= ADS.stopLossChance) return { one, chance };
  }
  return null;
}

/** Is the pause of this ad no longer supported by what is known now? */
export function isRescued(judged: readonly JudgedAd[], ad: AdMemory): number | null {
  const own = judged.find((one) => one.ad === ad);
  const others = judged.filter((one) => one.ad !== ad && one.clicks > 0);
  if (!own || others.length === 0) return null;
  const chance = chanceBelowBest(
    own.worth,
    others.map((other) => other.worth),
    ADS.clearlyWorse,
  );
  return chance < ADS.rescueChance ? 1 - chance : null;
}
