import { normalQuantile } from '../../statistics/quantiles';
import { type Random, randomFrom } from '../../statistics/random';

export type HoldoutInput = {
  /** All sales of the shop per whole week of the past, whatever brought them; oldest first. */
  weeklySales: readonly number[];
  /** Share of all sales the ads are believed to bring (0..1): what switching them off would cost. */
  adShare: number;
  /** Longest test the owner would stand, in weeks. */
  maxWeeks: number;
  /** Regions that can be targeted on their own, with their share of all sales; [] = only weeks on and off. */
  regions: readonly { key: string; weeklySales: readonly number[] }[];
  seed: number;
};

export type HoldoutPlan = {
  kind: 'weeks' | 'regions';
  weeks: number;
  /** By week: are the ads on (for the regions in `off`: are they off there)? */
  on: boolean[];
  off: string[];
  /** Smallest share of all sales that could be seen with 80 % power. */
  detectableShare: number;
  /** What the test is expected to cost: share of one week's sales not made. */
  expectedCostWeeks: number;
};
export type HoldoutAnswer =
  | { plan: HoldoutPlan }
  | { refused: 'too_few_weeks' | 'too_small_to_see'; detectableShare: number | null };

const MIN_WEEKS = 8;
const POWER = 0.8;
const ALPHA = 0.1;
/** Sales after a switch still stem from the week before: this share of a week is lost to the comparison. */
const CARRY_OVER = 0.2;

/**
 * A test that could show what the ads really bring: on and off weeks in random order, or regions without ads. Says how
 * small an effect it could see, and refuses where the believed one is smaller than that.
 */
export function planHoldout(input: HoldoutInput): HoldoutAnswer {
  if (input.weeklySales.length < MIN_WEEKS) return { refused: 'too_few_weeks', detectableShare: null };
  const random = randomFrom(input.seed);
  const plans = [weeksPlan(input, random), regionsPlan(input)].flatMap((plan) => plan ?? []);
  const best = plans.sort((a, b) => a.detectableShare - b.detectableShare)[0];
  if (!best || best.detectableShare > input.adShare)
    return { refused: 'too_small_to_see', detectableShare: best?.detectableShare ?? null };
  return { plan: best };
}

function factor(): number {
  return normalQuantile(1 - ALPHA / 2) + normalQuantile(POWER);
}

function weeksPlan({ weeklySales, maxWeeks, adShare }: HoldoutInput, random: Random): HoldoutPlan | null {
  const weeks = maxWeeks - (maxWeeks % 2);
  if (weeks < 4) return null;
  // Weeks next to each other are alike: pairs of one on and one off week cancel slow drifts.
  const changes = weeklySales.slice(1).map((sales, index) => relative(sales, weeklySales[index] ?? sales));
  const sd = Math.sqrt(meanOf(changes.map((change) => change * change)));
  const detectableShare = (factor() * sd) / Math.sqrt(weeks / 2) / (1 - CARRY_OVER);
  const on = Array.from({ length: weeks / 2 }, () => (random.uniform() < 0.5 ? [true, false] : [false, true])).flat();
  return { kind: 'weeks', weeks, on, off: [], detectableShare, expectedCostWeeks: (adShare * weeks) / 2 };
}

function regionsPlan({ regions, maxWeeks, adShare }: HoldoutInput): HoldoutPlan | null {
  const usable = regions.filter(({ weeklySales }) => weeklySales.length >= MIN_WEEKS && meanOf(weeklySales) > 0);
  if (usable.length < 4 || maxWeeks < 2) return null;
  const sorted = [...usable].sort((a, b) => meanOf(b.weeklySales) - meanOf(a.weeklySales));
  // Neighbours in size go to different sides, the smaller half of each pair without ads.
  const off = sorted.filter((_, index) => index % 2 === 1);
  const kept = sorted.filter((_, index) => index % 2 === 0);
  const ratios = weeklyRatios(off, kept);
  const usual = meanOf(ratios);
  const sd = Math.sqrt(meanOf(ratios.map((ratio) => (ratio / usual - 1) ** 2)));
  const offShare = totalOf(off) / (totalOf(off) + totalOf(kept));
  return {
    kind: 'regions',
    weeks: maxWeeks,
    on: Array.from({ length: maxWeeks }, () => true),
    off: off.map(({ key }) => key),
    detectableShare: factor() * sd * Math.sqrt(1 / maxWeeks + 1 / ratios.length),
    expectedCostWeeks: adShare * maxWeeks * offShare,
  };
}

function weeklyRatios(off: HoldoutInput['regions'], kept: HoldoutInput['regions']): number[] {
  const weeks = Math.min(...[...off, ...kept].map(({ weeklySales }) => weeklySales.length));
  const at = (side: HoldoutInput['regions'], week: number) =>
    side.reduce((sum, { weeklySales }) => sum + (weeklySales.at(week - weeks) ?? 0), 0);
  return Array.from({ length: weeks }, (_, week) => (at(off, week) + 0.5) / (at(kept, week) + 0.5));
}

const relative = (a: number, b: number) => Math.log((a + 0.5) / (b + 0.5));
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const totalOf = (side: HoldoutInput['regions']) => side.reduce((sum, { weeklySales }) => sum + meanOf(weeklySales), 0);
