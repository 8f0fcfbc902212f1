import { poissonCdf } from '../../statistics/quantiles';
import { priceZ, SPIKE_Z } from './price-spike';
import { type Silence, silenceOf } from './silence';
import type { TickPoint, Trouble, TroubleKind, Watched, WatchFacts } from './types';

const TICKS_PER_DAY = 6;
/** Strength of silence (log odds) at which nothing is changed any more, and at which the owner is asked. */
export const FREEZE_STRENGTH = 2.6;
export const ASK_STRENGTH = 5.5;
const VIEWS_MIN_CLICKS = 15;
const VIEWS_SHARE = 0.3;
const VIEWS_TICKS = 2;
const MIN_VIEW_RATE = 0.1;
/** A platform day may take 175 % of the daily budget; what is beyond, with room for rounding, is not its freedom. */
const WORST_DAY = 1.85;

/**
 * Reads the account's 4-hour series for trouble that needs an answer now. Pure: what is active and what ended since the
 * last call (`facts.open`). The answer is the least harmful one: spending goes on where only the counting is lost, stops
 * where nothing can be sold or money runs away, and where the evidence cannot tell the two apart the owner is asked.
 */
export function watchForTrouble(series: readonly TickPoint[], facts: WatchFacts): Watched {
  const points = [...series].sort((a, b) => a.tick - b.tick);
  const open = facts.open ?? [];
  const seen = [
    missingData(facts),
    siteDown(facts, open),
    trackingLost(points, facts, open),
    ownerSays(facts, open),
    ...silent(points, facts, open),
    runaway(points, facts),
    priceSpike(points, facts, open),
  ].flatMap((one) => one ?? []);
  // The probe and the page views are nearer to the cause than silence is: what they explain is not said twice.
  const explained = seen.some(({ kind }) => kind === 'site_down' || kind === 'tracking_lost');
  const active = seen
    .filter(({ kind }, index) => seen.findIndex((one) => one.kind === kind) === index)
    .filter(({ kind, answer }) => !(explained && kind === 'checkout_broken' && answer !== 'pause'))
    .map((one): Trouble => ({ ...one, since: before(open, one.kind)?.since ?? one.since }));
  return { active, released: open.filter((one) => !active.some(({ kind }) => kind === one.kind)) };
}

/** Clicks without page views while the home page answers: the counting is broken, not the shop. */
export function viewsAreLost(
  points: readonly Pick<TickPoint, 'clicks' | 'landingPageViews'>[],
  usable: (index: number) => boolean = () => true,
): { lost: boolean; back: boolean; chance: number } {
  const recent = points.slice(-VIEWS_TICKS);
  const clicks = total(recent, (one) => one.clicks);
  const known = recent.some((one) => one.landingPageViews !== null);
  const views = total(recent, (one) => one.landingPageViews ?? 0);
  let [oldClicks, oldViews] = [0, 0];
  for (let at = 0; at < points.length - VIEWS_TICKS; at += 1) {
    const one = points[at];
    if (!one || one.landingPageViews === null || !usable(at)) continue;
    oldClicks += one.clicks;
    oldViews += one.landingPageViews;
  }
  const usual = oldViews / Math.max(1, oldClicks);
  if (!known || usual < MIN_VIEW_RATE || oldClicks < VIEWS_MIN_CLICKS) return { lost: false, back: false, chance: 0 };
  const below = views < VIEWS_SHARE * usual * clicks;
  const chance = 1 - poissonCdf(views, 0.8 * usual * clicks);
  // Very few clicks prove nothing either way; what they lack in number they must bring in certainty.
  const lost = below && clicks > 0 && (clicks >= VIEWS_MIN_CLICKS ? chance > 0.99 : chance > 0.9995);
  return { lost, back: clicks >= 5 && !below, chance };
}

function missingData({ tick, completeThrough, lateAfterTicks = 2 }: WatchFacts): Trouble | null {
  if (tick - completeThrough < lateAfterTicks) return null;
  return trouble('missing_data', completeThrough + 1, 1, 'freeze', 'rows_complete');
}

function siteDown({ siteAnswers, tick }: WatchFacts, open: readonly Trouble[]): Trouble | null {
  if (siteAnswers === true) return null;
  // Not looked at is no sign that it came back.
  if (siteAnswers === null) return before(open, 'site_down');
  return trouble('site_down', tick, 0.99, 'pause', 'site_answers');
}

function trackingLost(points: readonly TickPoint[], facts: WatchFacts, open: readonly Trouble[]): Trouble | null {
  if (facts.siteAnswers === false) return null;
  const views = viewsAreLost(points, usableIn(points, facts));
  if (views.lost)
    // Without a look at the home page a dead shop would look the same.
    return facts.siteAnswers === null
      ? trouble('tracking_lost', facts.tick - 1, 0.6, 'ask', 'views_and_results_return')
      : trouble('tracking_lost', facts.tick - 1, views.chance, 'freeze', 'views_and_results_return');
  const was = before(open, 'tracking_lost');
  if (!was || facts.answer === 'all-fine') return null;
  const recent = points.slice(-VIEWS_TICKS);
  const viewsFine = views.back || recent.every((one) => one.landingPageViews === null);
  return viewsFine && total(recent, (one) => one.results ?? 0) > 0 ? null : was;
}

function ownerSays({ answer, tick }: WatchFacts, open: readonly Trouble[]): Trouble | null {
  const was = before(open, 'checkout_broken');
  const since = was?.since ?? tick;
  if (answer === 'site-broken') return trouble('checkout_broken', since, 0.99, 'pause', 'owner_answers');
  if (answer === 'tracking-broken') return trouble('tracking_lost', since, 0.99, 'freeze', 'views_and_results_return');
  // Paused on the owner's word: only the owner's word ends it, nothing sells while nothing is shown.
  return was?.answer === 'pause' && answer !== 'all-fine' ? was : null;
}

function silent(points: readonly TickPoint[], facts: WatchFacts, open: readonly Trouble[]): Trouble[] {
  if (facts.answer || facts.tick < (facts.quietUntil ?? 0)) return [];
  if (facts.siteAnswers === false || points.every((one) => one.results === null)) return [];
  const counted = points.map((one) => ({ clicks: one.clicks, results: one.results ?? 0 }));
  const silence = silenceOf(counted, usableIn(points, facts));
  const was = before(open, 'checkout_broken');
  // One late result does not end it; the evidence must be gone.
  if (was && was.answer === 'ask' && silence.strength >= FREEZE_STRENGTH) return [was];
  if (silence.strength < FREEZE_STRENGTH) return [];
  const since = points[silence.from]?.tick ?? facts.tick;
  const answer = silence.strength >= ASK_STRENGTH ? 'ask' : 'freeze';
  const release = answer === 'ask' ? 'owner_answers' : 'results_return';
  return [trouble('checkout_broken', since, confidenceOf(silence), answer, release)];
}

/** Odds against an outage before the first sign of it: about one in a few hundred ticks. */
const PRIOR_LOG_ODDS = -5.5;

function confidenceOf({ strength }: Silence): number {
  return 1 / (1 + Math.exp(-(PRIOR_LOG_ODDS + strength)));
}

function runaway(points: readonly TickPoint[], { dailyBudgetMinor, tick }: WatchFacts): Trouble | null {
  if (dailyBudgetMinor === null || dailyBudgetMinor <= 0) return null;
  const dayStart = tick - (tick % TICKS_PER_DAY);
  const today = points.filter((one) => one.tick >= dayStart && one.tick <= tick);
  const spent = total(today, (one) => one.spendMinor);
  if (spent <= WORST_DAY * dailyBudgetMinor) return null;
  return trouble('runaway_spend', dayStart, 0.99, 'pause', 'spend_back_in_band');
}

function priceSpike(points: readonly TickPoint[], facts: WatchFacts, open: readonly Trouble[]): Trouble | null {
  const z = priceZ(points);
  const was = before(open, 'price_spike');
  if (z === null) return was;
  if (z > SPIKE_Z)
    return trouble('price_spike', facts.tick - TICKS_PER_DAY + 1, 0.99, 'freeze', 'price_back_to_normal');
  // Ends where it is back in the usual range, not where it dips below the line that raised it.
  return was && z > SPIKE_Z / 2 ? was : null;
}

function usableIn(points: readonly TickPoint[], { excluded = [] }: WatchFacts): (index: number) => boolean {
  if (excluded.length === 0) return () => true;
  return (index) => {
    const tick = points[index]?.tick ?? -1;
    return !excluded.some(({ from, to }) => tick >= from && tick <= to);
  };
}

function before(open: readonly Trouble[], kind: TroubleKind): Trouble | null {
  return open.find((one) => one.kind === kind) ?? null;
}

function trouble(
  kind: TroubleKind,
  since: number,
  confidence: number,
  answer: Trouble['answer'],
  releasedWhen: Trouble['releasedWhen'],
): Trouble {
  return { kind, since, confidence, answer, releasedWhen };
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
