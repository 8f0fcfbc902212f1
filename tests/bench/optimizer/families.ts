/** Ways in which a market may be unlike the usual one; what is left out stays as drawn. */
export type Unusual = {
  /** Ad sets of the account, ads of each ad set. */
  adSets?: number;
  ads?: number;
  /** Factors on what is drawn: money a day, results per click (each worth the more), delay, fatigue, drift and noise. */
  money?: number;
  results?: number;
  delay?: number;
  wear?: number;
  weather?: number;
  /** Factor on how strongly returns diminish, on what learning and edits cost, on what a sale is worth. */
  slope?: number;
  learning?: number;
  worth?: number;
  margin?: readonly [number, number];
  /** Spread of the logarithm of an order's value; 0.7 usually. */
  orders?: number;
  /** Every weekday is like every other. */
  flatWeek?: boolean;
  /** Share of results that are never reported; 0.05 usually. */
  unreported?: number;
  /** Ticks by which restated sums lag behind. */
  restatedLag?: number;
  /** Chance of a tick whose rows come only with the next one, and of a single row that never comes. */
  lateTicks?: number;
  lostRows?: number;
};

/** Markets drawn from elsewhere: each family changes one thing by more than chance would. */
export const FAMILIES: Record<string, Unusual> = {
  'as drawn': {},
  'two ad sets': { adSets: 2 },
  'twelve ad sets': { adSets: 12 },
  'two ads each': { ads: 2 },
  'six ads each': { ads: 6 },
  'a third of the money': { money: 0.33 },
  'three times the money': { money: 3 },
  'half the results': { results: 0.5 },
  'three times the results': { results: 3 },
  'results twice as late': { delay: 2 },
  'a fifth never reported': { unreported: 0.2 },
  'fatigue half as strong again': { wear: 1.5 },
  'no fatigue': { wear: 0 },
  'heavy order values': { orders: 1.2 },
  'no weekdays': { flatWeek: true },
  'thin margins': { margin: [0.2, 0.35] },
  'fat margins': { margin: [0.75, 0.95] },
  'stormy weather': { weather: 2 },
  'steep returns': { slope: 1.5 },
  'flat returns': { slope: 0.5 },
  'dear learning': { learning: 1.6 },
  'restated a day late': { restatedLag: 6 },
  'every fifth tick late': { lateTicks: 0.2 },
  'a tenth of rows lost': { lostRows: 0.1 },
};
