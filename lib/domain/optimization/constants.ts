/** Numbers the rules share. Each was chosen by `npm run bench:optimizer` and stands in docs/optimizer.md with its reason. */

/** An ad this far below the best of its group is worth pausing at all. */
export const CLEARLY_WORSE_SHARE = 0.86;
/** How sure a pause must be. */
export const PAUSE_CHANCE = 0.95;
/** Where clicks decide alone the belief is narrow early and looked at daily: more is asked of it. */
export const PAUSE_CHANCE_CLICKS_ONLY = 0.98;
/** Clicks that an average ad would have brought with the same money, before an ad is judged. */
export const MIN_EXPECTED_CLICKS = 25;
/** Whole days a creative runs before it is judged. */
export const MIN_DAYS_RUNNING = 2;
/** Days between two changes of the same thing. */
export const COOLDOWN_DAYS = 2;

/** How alike ads of one group are taken to be before their numbers speak: pseudo-clicks, pseudo-results. */
export const CLICK_PRIOR_EVENTS = 16;
export const RESULT_PRIOR_EVENTS = 30;
/** Ads that get more clicks convert a little worse: log results per click falls by this share of log clicks. */
export const CLICK_QUALITY_SLOPE = 0.1;

/** Largest step of a budget in one edit, whole per cent. */
export const STEP_PERCENT = 20n;
/** Days between two edits of the same budget. */
export const BUDGET_COOLDOWN_DAYS = 3;
/** Days before advice that was declined or undone may be repeated. */
export const DECLINED_DAYS = 28;
/** Mature days and results without which the total is left alone. */
export const RAISE_MIN_DAYS = 14;
export const RAISE_MIN_RESULTS = 15;
/** How sure a raise must be, with and without knowing what a result is worth. */
export const RAISE_CHANCE = 0.9;
/** One more unit of money buys this share of what the average unit bought (diminishing returns). */
export const MARGINAL_SHARE = 0.75;
/** Results break-even should have brought before money is called lost; e^-3.9 = 2 %. */
export const STOP_LOSS_RESULTS = 3.9;
/** How sure "this loses money" must be before it is said. */
export const LOSS_CHANCE = 0.95;
/** Cost per result above this multiple of the dear end of the promise is far too dear. */
export const FAR_TOO_DEAR = 2;
/** Share of the posterior draws that must agree before money moves between ad sets. */
export const SHIFT_CHANCE = 0.85;
/** Gain on the money moved below which a move is not worth its disturbance. */
export const SHIFT_MIN_GAIN = 0.05;
export const SHIFT_MIN_RESULTS = 5;
