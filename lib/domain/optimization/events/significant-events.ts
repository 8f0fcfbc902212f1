import { MATURE_AFTER_DAYS } from '../../statistics/delay-curve';
import { headingFor, pacingCurve } from '../../statistics/pacing-curve';
import { normalCdf } from '../../statistics/quantiles';
import { addDays, daysBetween, mondayOf } from '../../time';
import { adsFarAhead } from './ads-far-ahead';
import type { CampaignDay, SignificantEvent, SignificantEventsInput } from './types';

type Found = Omit<SignificantEvent, 'key'> & {
  /** What makes this occurrence differ from the next of its kind. */
  episode: string;
};

const SURE = 0.95;
const RETURN_DAYS = 28;
const RETURN_MIN_RESULTS = 10;
/** Order values spread by 0.7 on the logarithm; each result adds that noise beside its own. */
const NOISE_PER_RESULT = 1.6;
const WEEK = 7;
const BASELINE_DAYS = 28;
const CLICK_RATE_DROP = 0.75;
const CLICK_MIN = 60;
/** Click rates of whole weeks wander by this much without anything being wrong. */
const CLICK_WANDER = 0.07;
const FAST_HEADING = 1.25;
const FAST_SHARE = 0.8;
const SLOW_HEADING = 0.5;
const LOW_DAYS = 3;
const SILENT_DAYS = 2;

/**
 * What an owner should hear about a campaign now, each with its evidence and a key under which it is said once. Pure: the
 * same numbers give the same keys, so a second look, a late tick or a restated day says nothing twice.
 */
export function significantEvents(input: SignificantEventsInput): SignificantEvent[] {
  const found: (Found | null)[] = [
    sevenDays(input),
    ...(input.on
      ? [
          returnBelowBreakEven(input),
          clickRateBelowOwn(input),
          ...pacing(input),
          budgetLow(input),
          deliveryStopped(input),
          ...adsFarAhead(input),
          ...input.refusedAds.map(
            (ad): Found => ({
              kind: 'review_refused',
              subject: ad,
              urgency: 'warning',
              facts: {},
              chance: null,
              episode: '',
            }),
          ),
          ...troubles(input),
        ]
      : []),
  ];
  return found
    .flatMap((one) => (one ? [withKey(input.campaignKey, one)] : []))
    .filter(({ key }) => !input.said.includes(key));
}

function withKey(campaignKey: string, { episode, ...event }: Found): SignificantEvent {
  const key = [campaignKey, event.kind, event.subject === campaignKey ? null : event.subject, episode || null];
  return { ...event, key: key.filter((part) => part !== null).join(':') };
}

function returnBelowBreakEven({ breakEvenReturn, days, today, campaignKey }: SignificantEventsInput): Found | null {
  if (breakEvenReturn === null) return null;
  // Younger days still grow: a return read from them is always too low.
  const newest = addDays(today, -MATURE_AFTER_DAYS);
  const sum = sumOf(days, addDays(newest, 1 - RETURN_DAYS), newest);
  if (sum.value === null || sum.results < RETURN_MIN_RESULTS || sum.spend <= 0) return null;
  const counted = sum.value / sum.spend;
  const spread = Math.sqrt(NOISE_PER_RESULT / sum.results);
  const chance = counted > 0 ? normalCdf(Math.log(breakEvenReturn / counted) / spread) : 1;
  if (chance < SURE) return null;
  const facts = {
    return: counted,
    breakEven: breakEvenReturn,
    results: sum.results,
    spendMinor: sum.spend,
    days: sum.days,
  };
  // At most once in four weeks: what is needed to judge it anew.
  const episode = String(Math.floor(daysBetween('2000-01-03', mondayOf(today)) / RETURN_DAYS));
  return { kind: 'return_below_break_even', subject: campaignKey, urgency: 'warning', facts, chance, episode };
}

function clickRateBelowOwn({ days, today, campaignKey }: SignificantEventsInput): Found | null {
  const now = sumOf(days, addDays(today, -WEEK), addDays(today, -1));
  const own = sumOf(days, addDays(today, -WEEK - BASELINE_DAYS), addDays(today, -WEEK - 1));
  if (own.clicks < CLICK_MIN || own.days < WEEK || now.impressions <= 0 || own.impressions <= 0) return null;
  const expected = (own.clicks / own.impressions) * now.impressions;
  if (expected < CLICK_MIN / 2) return null;
  const rate = now.clicks / now.impressions;
  const usual = own.clicks / own.impressions;
  const ratio = (now.clicks + 0.5) / (expected + 0.5);
  const spread = Math.sqrt(1 / (now.clicks + 0.5) + 1 / own.clicks + CLICK_WANDER ** 2);
  const chance = normalCdf(Math.log(CLICK_RATE_DROP / ratio) / spread);
  // A drop to three quarters is an estimate; that it dropped at all must be nearly certain.
  if (ratio > CLICK_RATE_DROP || normalCdf(-Math.log(ratio) / spread) < 0.995) return null;
  const facts = { rate, usual, ratio, impressions: now.impressions, clicks: now.clicks };
  return {
    kind: 'click_rate_below_own',
    subject: campaignKey,
    urgency: 'info',
    facts,
    chance,
    episode: mondayOf(today),
  };
}

function pacing(input: SignificantEventsInput): Found[] {
  const { dailyBudgetMinor, today, campaignKey } = input;
  const curve = input.pacing ? pacingCurve(input.pacing.past) : null;
  const slot = (input.pacing?.today.length ?? 0) - 1;
  if (!input.pacing || !curve || slot < 0 || dailyBudgetMinor <= 0) return [];
  const spent = input.pacing.today.reduce((sum, spend) => sum + spend, 0);
  const heading = headingFor(curve, slot, spent);
  if (heading === null) return [];
  const share = spent / dailyBudgetMinor;
  const facts = {
    spentMinor: spent,
    share,
    usualShare: curve.usual[slot] ?? 0,
    headingMinor: heading,
    dailyBudgetMinor,
  };
  const base = { subject: campaignKey, facts, chance: null, episode: today };
  const early = (curve.high[slot] ?? 1) < FAST_SHARE;
  // "80 % by midday" counts where this account is not always that early; over the budget the platform's bands allow a lot.
  if (early && share >= FAST_SHARE && heading >= FAST_HEADING * dailyBudgetMinor)
    return [{ ...base, kind: 'spending_fast', urgency: 'warning' }];
  if ((curve.low[slot] ?? 0) > 0.3 && heading < SLOW_HEADING * dailyBudgetMinor)
    return [{ ...base, kind: 'spending_slow', urgency: 'info' }];
  return [];
}

function sevenDays({ launchDay, today, campaignKey, days }: SignificantEventsInput): Found | null {
  if (!launchDay || daysBetween(launchDay, today) < WEEK) return null;
  const sum = sumOf(days, launchDay, addDays(launchDay, WEEK - 1));
  const facts = { spendMinor: sum.spend, clicks: sum.clicks, results: sum.results };
  return { kind: 'seven_days', subject: campaignKey, urgency: 'info', facts, chance: null, episode: launchDay };
}

function budgetLow(input: SignificantEventsInput): Found | null {
  const { remainingMinor, dailyBudgetMinor, today, campaignKey } = input;
  if (remainingMinor === null || dailyBudgetMinor <= 0) return null;
  const left = remainingMinor / dailyBudgetMinor;
  const date = today.slice(0, 7);
  const daysOfMonth = daysBetween(`${date}-01`, `${addDays(`${date}-28`, 4).slice(0, 8)}01`);
  const daysToGo = daysOfMonth - Number(today.slice(8, 10)) + 1;
  // A ceiling that is used up on the month's last day is a plan that worked.
  if (left >= LOW_DAYS || left >= daysToGo) return null;
  const facts = { remainingMinor, daysLeft: left, daysToGo, dailyBudgetMinor };
  return {
    kind: 'budget_low',
    subject: campaignKey,
    urgency: left < 1 ? 'urgent' : 'warning',
    facts,
    chance: null,
    episode: date,
  };
}

function deliveryStopped({ days, today, launchDay, campaignKey }: SignificantEventsInput): Found | null {
  if (!launchDay || daysBetween(launchDay, today) < SILENT_DAYS) return null;
  const last = days.findLast((day) => day.impressions > 0 && day.day < today)?.day ?? addDays(launchDay, -1);
  const silent = daysBetween(last, today) - 1;
  if (silent < SILENT_DAYS) return null;
  return {
    kind: 'delivery_stopped',
    subject: campaignKey,
    urgency: 'urgent',
    facts: { days: silent },
    chance: null,
    episode: last,
  };
}

function troubles({ troubles: open }: SignificantEventsInput): Found[] {
  return open
    .filter(({ kind, answer }) => !(kind === 'checkout_broken' && answer === 'freeze'))
    .map(({ kind, since, confidence, answer }) => ({
      kind: kind === 'tracking_lost' ? 'tracking_lost' : 'trouble',
      subject: kind,
      urgency: answer === 'freeze' ? 'warning' : 'urgent',
      facts: { since },
      chance: confidence,
      episode: String(since),
    }));
}

type Sum = { spend: number; impressions: number; clicks: number; results: number; value: number | null; days: number };

function sumOf(days: readonly CampaignDay[], since: string, until: string): Sum {
  const sum: Sum = { spend: 0, impressions: 0, clicks: 0, results: 0, value: null, days: 0 };
  for (const day of days) {
    if (day.day < since || day.day > until) continue;
    sum.spend += day.spendMinor;
    sum.impressions += day.impressions;
    sum.clicks += day.clicks;
    sum.results += day.results ?? 0;
    if (day.valueMinor !== null) sum.value = (sum.value ?? 0) + day.valueMinor;
    if (day.impressions > 0) sum.days += 1;
  }
  return sum;
}
