import { normalQuantile } from '../../statistics/quantiles';

export type TestPlanInput = {
  arms: number;
  /** Events per exposure today (clicks per showing, sales per click, sales per unit of money). */
  baseRate: number;
  /** Exposures a day of the whole test. */
  exposurePerDay: number;
  /** Relative difference the owner would act on (0.2 = 20 %). */
  wantedLift: number;
  maxDays: number;
  /** It may be stopped at any look, however often (the e-process), not only at planned ones: that takes more. */
  anyStop?: boolean;
  power?: number;
  alpha?: number;
};

export type TestPlan = {
  /** Whole days until the wanted difference is seen with this power; null = never at this pace. */
  days: number | null;
  exposurePerArm: number;
  eventsPerArm: number;
  /** Smallest relative difference that can be seen within `maxDays`; null where not even a tenfold one can. */
  detectableLift: number | null;
  /** Why it should not be started; null = start it. */
  refused: 'too_small_to_see' | 'needs_two_arms' | 'nothing_comes_in' | null;
};

/** What looking early costs: measured over 8,000 tests of a 20 % lift, 80.7 % are seen with 7 looks and 82.7 % with 28. */
const LOOKING_COSTS = 1.18;
/**
 * The same where a claim holds at any stop. Of 30 % lifts between groups the e-process sees 57 to 63 % at 1.18, 66 to 78 % at 1.6,
 * 80 to 89 % at this (300 or 400 tests each, four rates).
 */
const ANY_STOP_COSTS = 2;
const MIN_DAYS = 2;

/** What a test could see and how long it would take: "needs about 9 more days" or "cannot be seen at this budget". */
export function planTest(input: TestPlanInput): TestPlan {
  const { arms, baseRate, exposurePerDay, wantedLift, maxDays } = input;
  const nothing = { days: null, exposurePerArm: 0, eventsPerArm: 0, detectableLift: null };
  if (arms < 2) return { ...nothing, refused: 'needs_two_arms' };
  if (baseRate <= 0 || exposurePerDay <= 0 || wantedLift <= 0) return { ...nothing, refused: 'nothing_comes_in' };
  const perArm = exposureFor(input, wantedLift);
  const days = Math.max(MIN_DAYS, Math.ceil((perArm * arms) / exposurePerDay));
  const available = (exposurePerDay * maxDays) / arms;
  return {
    days,
    exposurePerArm: Math.ceil(perArm),
    eventsPerArm: Math.ceil(perArm * baseRate),
    detectableLift: detectable(input, available),
    refused: days > maxDays ? 'too_small_to_see' : null,
  };
}

/** Whole further days until the planned size is reached; 0 = reached. */
export function moreDays(plan: TestPlan, exposurePerArmSoFar: number, exposurePerArmPerDay: number): number | null {
  if (exposurePerArmPerDay <= 0) return null;
  return Math.max(0, Math.ceil((plan.exposurePerArm - exposurePerArmSoFar) / exposurePerArmPerDay));
}

function exposureFor({ baseRate, anyStop, power = 0.8, alpha = 0.05 }: TestPlanInput, lift: number): number {
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  const other = Math.min(1, baseRate * (1 + lift));
  const variance = baseRate * (1 - Math.min(1, baseRate)) + other * (1 - other);
  // Rates above one are results per unit of money: Poisson.
  const spread = baseRate < 0.5 ? variance : baseRate * (2 + lift);
  return ((anyStop ? ANY_STOP_COSTS : LOOKING_COSTS) * z * z * spread) / (baseRate * lift) ** 2;
}

function detectable(input: TestPlanInput, exposurePerArm: number): number | null {
  let [low, high] = [0.001, 10];
  if (exposureFor(input, high) > exposurePerArm) return null;
  for (let round = 0; round < 50; round += 1) {
    const middle = Math.sqrt(low * high);
    if (exposureFor(input, middle) > exposurePerArm) low = middle;
    else high = middle;
  }
  return high;
}
