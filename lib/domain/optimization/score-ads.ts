/**
 * Scores ads that already ran: what another unit of money in each would bring. Every step of the funnel is pulled towards
 * what the ad's own traits (audience, place, format …) usually bring, and that towards the average, by how unlike they prove.
 */
export type ScoredInput = {
  key: string;
  spend: number;
  /** Counts along the funnel, widest first: [impressions, clicks, leads, sales]. The last is what counts. */
  steps: readonly number[];
  /** What the ad shares with others: { age: '30-34', interest: '16' }. */
  traits?: Readonly<Record<string, string>>;
};

export type AdScore = {
  key: string;
  /** Expected last-step events per unit of money. */
  score: number;
  /** Against the average of all ads: 1 = as good. */
  relative: number;
  /** Share of the estimate that rests on the ad's own last-step numbers, 0..1. */
  ownWeight: number;
};

type Cell = { seen: number; expected: number };

const ROUNDS = 12;
/** Pseudo-events where the data cannot say how unlike the ads are; and the bounds of what it may say. */
const LEAST_PRIOR = 2;
const MOST_PRIOR = 400;
/** Logs of steps are added up: what is uncertain in one must not be carried further than it is known. */
const MIN_EXPOSURE = 1e-9;

export function scoreAds(ads: readonly ScoredInput[]): AdScore[] {
  const steps = ads[0]?.steps.length ?? 0;
  if (ads.length === 0 || steps === 0) return [];
  const exposures = (ad: ScoredInput, step: number) => (step === 0 ? ad.spend : (ad.steps[step - 1] ?? 0));
  let scores = ads.map(() => 1);
  let weights = ads.map(() => 1);
  for (let step = 0; step < steps; step += 1) {
    const shrunk = shrinkStep(
      ads.map((ad) => ({ events: ad.steps[step] ?? 0, exposure: exposures(ad, step), traits: ad.traits ?? {} })),
    );
    scores = scores.map((score, index) => score * (shrunk[index]?.rate ?? 0));
    weights = shrunk.map(({ ownWeight }) => ownWeight);
  }
  const spend = ads.reduce((sum, ad) => sum + ad.spend, 0);
  const average = ads.reduce((sum, ad) => sum + (ad.steps[steps - 1] ?? 0), 0) / Math.max(MIN_EXPOSURE, spend);
  return ads.map(({ key }, index) => ({
    key,
    score: scores[index] ?? 0,
    relative: average > 0 ? (scores[index] ?? 0) / average : 1,
    ownWeight: weights[index] ?? 0,
  }));
}

/** The best ads by score until this share of all spend is reached; the last one may go beyond it. */
export function bestShareOfSpend(ads: readonly ScoredInput[], share = 0.3): string[] {
  const scores = new Map(scoreAds(ads).map(({ key, score }) => [key, score]));
  const limit = share * ads.reduce((sum, ad) => sum + ad.spend, 0);
  let spent = 0;
  return [...ads]
    .sort((a, b) => (scores.get(b.key) ?? 0) - (scores.get(a.key) ?? 0))
    .flatMap((ad) => {
      if (spent >= limit) return [];
      spent += ad.spend;
      return [ad.key];
    });
}

type StepRow = { events: number; exposure: number; traits: Readonly<Record<string, string>> };

function shrinkStep(rows: readonly StepRow[]): { rate: number; ownWeight: number }[] {
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const exposure = rows.reduce((sum, row) => sum + row.exposure, 0);
  const base = events / Math.max(MIN_EXPOSURE, exposure);
  const effects = traitEffects(rows, base);
  const expected = rows.map((row) => row.exposure * base * effectOf(row, effects));
  const prior = priorEvents(rows.map((row, index) => ({ seen: row.events, expected: expected[index] ?? 0 })));
  return rows.map((row, index) => {
    const usual = expected[index] ?? 0;
    const rate = (base * effectOf(row, effects) * (prior + row.events)) / (prior + usual);
    return { rate, ownWeight: usual / (prior + usual) };
  });
}

type Effects = Map<string, number>;
const nameOf = (trait: string, value: string) => `${trait}=${value}`;

function effectOf(row: StepRow, effects: Effects): number {
  let effect = 1;
  for (const [trait, value] of Object.entries(row.traits)) effect *= effects.get(nameOf(trait, value)) ?? 1;
  return effect;
}

/** One factor per trait value, fitted in turn, each shrunk by how unlike the values of its trait are. */
function traitEffects(rows: readonly StepRow[], base: number): Effects {
  const effects: Effects = new Map();
  const traits = [...new Set(rows.flatMap((row) => Object.keys(row.traits)))];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const trait of traits) {
      const cells = new Map<string, Cell>();
      for (const row of rows) {
        const value = row.traits[trait];
        if (value === undefined) continue;
        const name = nameOf(trait, value);
        const cell = cells.get(name) ?? { seen: 0, expected: 0 };
        cell.seen += row.events;
        cell.expected += (row.exposure * base * effectOf(row, effects)) / (effects.get(name) ?? 1);
        cells.set(name, cell);
      }
      const prior = priorEvents([...cells.values()]);
      for (const [name, { seen, expected }] of cells) effects.set(name, (prior + seen) / (prior + expected));
    }
  return effects;
}

/**
 * Pseudo-events of the prior by moments: what the cells' ratios vary beyond counting is how unlike they are
 * (1 / variance of the true ratios).
 */
function priorEvents(cells: readonly Cell[]): number {
  let [between, weight] = [0, 0];
  for (const { seen, expected } of cells) {
    between += (seen - expected) ** 2 - expected;
    weight += expected * expected;
  }
  const variance = weight > 0 ? between / weight : 0;
  if (variance <= 1 / MOST_PRIOR) return MOST_PRIOR;
  return Math.max(LEAST_PRIOR, 1 / variance);
}
