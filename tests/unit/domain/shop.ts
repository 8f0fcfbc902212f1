import type {
  AdDay,
  AdSetState,
  AdState,
  OptimizationEvidence,
  PastAction,
  Suggestions,
} from '../../../lib/domain/optimization/types';
import { randomFrom } from '../../../lib/domain/statistics/random';
import { addDays } from '../../../lib/domain/time';
import { evaluatePerformance } from '../../../lib/optimization';

/**
 * A small market of its own for these tests: one price, one click rate and one conversion rate per ad, day noise common
 * to all, a platform that favours what it believes in and is slow to believe, results that arrive late.
 */
export type ShopAd = { ctr: number; cvr: number };
export type ShopOptions = {
  adSets: ShopAd[][];
  dailyMinor: number;
  days: number;
  seed: number;
  goal?: OptimizationEvidence['goal'];
  cpmMinor?: number;
  reserves?: string[];
  evidence?: Partial<OptimizationEvidence>;
};
export type ShopRun = {
  pauses: { key: string; day: number }[];
  said: { day: number; suggestions: Suggestions }[];
  evidence: OptimizationEvidence;
};

const START = '2026-09-01';
/** Chance that a result is reported 0, 1, 2 … days after its click. */
const ARRIVAL = [0.5, 0.2, 0.1, 0.07, 0.05, 0.04, 0.04];

type Live = {
  key: string;
  adSet: string;
  truth: ShopAd;
  paused: string | null;
  shown: number;
  believed: number;
  rows: Map<string, { day: AdDay; due: number[] }>;
};

export function runShop(options: ShopOptions): ShopRun {
  const random = randomFrom(options.seed);
  const cpm = options.cpmMinor ?? 1250;
  const live: Live[] = options.adSets.flatMap((ads, set) =>
    ads.map((truth, index) => ({
      key: `ad-${set + 1}-${index + 1}`,
      adSet: `adset-${set + 1}`,
      truth,
      paused: null,
      shown: 0,
      believed: 0,
      rows: new Map(),
    })),
  );
  const budgets = new Map(
    options.adSets.map((_, index) => [`adset-${index + 1}`, Math.round(options.dailyMinor / options.adSets.length)]),
  );
  const pastActions: PastAction[] = [];
  const run: ShopRun = { pauses: [], said: [], evidence: evidenceAt(0) };

  function evidenceAt(index: number): OptimizationEvidence {
    const today = addDays(START, index);
    return {
      today,
      dataThrough: addDays(today, -1),
      lastDecidedOn: null,
      seed: options.seed * 1000 + index,
      goal: options.goal ?? 'LEADS',
      resultValue: null,
      marginPercent: null,
      projection: null,
      minDailyBudget: { minor: '100', currency: 'EUR' },
      alarm: false,
      pastActions,
      envelope: {
        monthlyCeiling: { minor: String(options.dailyMinor * 31), currency: 'EUR' },
        mayPauseBadAds: true,
        maySwapInReserves: true,
        maxShiftPercent: 20,
        maxChangesPerDay: 2,
      },
      adSets: [...budgets].map(
        ([key, budget]): AdSetState => ({
          key,
          dailyBudget: { minor: String(budget), currency: 'EUR' },
          reserves: options.reserves ?? [],
          ads: live
            .filter((ad) => ad.adSet === key)
            .map(
              (ad): AdState => ({
                key: ad.key,
                status: ad.paused ? 'paused_by_us' : 'delivering',
                creativeSince: START,
                pausedOn: ad.paused,
                reserveKey: null,
                days: [...ad.rows.values()].map(({ day, due }) => ({
                  ...day,
                  results: options.goal === 'TRAFFIC' ? null : due.filter((at) => at <= index).length,
                })),
              }),
            ),
        }),
      ),
      ...options.evidence,
    };
  }

  for (let index = 0; index < options.days; index += 1) {
    const day = addDays(START, index);
    const noise = [0, 1, 2].map(() => Math.exp(0.08 * random.normal())) as [number, number, number];
    for (const [adSet, budget] of budgets) {
      const ads = live.filter((ad) => ad.adSet === adSet && !ad.paused);
      // Belief in an ad: clicks per showing, started at 1.2 % with the weight of 3,000 showings.
      const weights = ads.map(
        (ad) => ((ad.believed + 36) / (ad.shown + 3000)) ** 1.5 * Math.exp(0.2 * random.normal()),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [at, ad] of ads.entries()) {
        const spend = Math.round(budget * ((weights[at] ?? 0) / total));
        const impressions = random.poisson((spend / (cpm * noise[0])) * 1000);
        const clicks = random.poisson(impressions * ad.truth.ctr * noise[1]);
        const results = random.poisson(clicks * ad.truth.cvr * noise[2]);
        ad.shown += impressions;
        ad.believed += clicks;
        const due = Array.from({ length: results }, () => index + arrival(random.uniform()));
        ad.rows.set(day, {
          day: {
            day,
            spendMinor: BigInt(spend),
            impressions,
            clicks,
            landingPageViews: null,
            results: 0,
            valueMinor: null,
          },
          due,
        });
      }
    }
    const evidence = evidenceAt(index + 1);
    const newest = live[0]?.rows.get(day)?.day;
    if (!newest) continue;
    const suggestions = evaluatePerformance(
      { ...newest, currency: 'EUR' },
      null,
      { id: 'c', status: 'ACTIVE', currency: 'EUR' },
      evidence,
    );
    run.said.push({ day: index + 1, suggestions });
    run.evidence = evidence;
    for (const { action } of suggestions.autonomousActions) apply(action, evidence.today, index + 1);
  }
  return run;

  function apply(action: Suggestions['autonomousActions'][number]['action'], today: string, index: number): void {
    if (action.kind === 'pause_ad') {
      const ad = live.find((one) => one.key === action.adKey);
      if (ad) ad.paused = today;
      run.pauses.push({ key: action.adKey, day: index });
      pastActions.push({ kind: 'pause_ad', subjects: [action.adKey], day: today, outcome: 'done' });
    } else if (action.kind === 'resume_ad') {
      const ad = live.find((one) => one.key === action.adKey);
      if (ad) ad.paused = null;
      pastActions.push({ kind: 'resume_ad', subjects: [action.adKey], day: today, outcome: 'done' });
    } else if (action.kind === 'shift_budget') {
      for (const move of action.moves) budgets.set(move.adSetKey, Number(move.to.minor));
      pastActions.push({
        kind: 'shift_budget',
        subjects: action.moves.map((move) => move.adSetKey),
        day: today,
        outcome: 'done',
      });
    }
  }
}

function arrival(u: number): number {
  let sum = 0;
  for (const [day, share] of ARRIVAL.entries()) {
    sum += share;
    if (u < sum) return day;
  }
  return ARRIVAL.length;
}
