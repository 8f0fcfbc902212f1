import type { Evidence, EvidenceFact } from '../../domain/action';
import type { MoneyJson } from '../../domain/money';
import type {
  EvidenceAlternativeKey,
  EvidenceFactKey,
  EvidenceWouldChangeKey,
  RuleId,
} from '../../domain/optimization/evidence-keys';
import { formatDay, formatDays, formatMoney, formatNumber, formatPercent, type Locale } from '../format';

/** A stored decision in words. Every number in it stands in the evidence. */
export type EvidenceWords = {
  because: string;
  facts: string[];
  alternatives: string[];
  wouldChange: string[];
  period: string;
};

/** What the evidence calls "ad-2" by the name the owner knows; a key without a name becomes "the ad". */
export type SubjectNames = Readonly<Record<string, string>>;

type Said = { fact: EvidenceFact; locale: Locale; names: SubjectNames };

const number = ({ fact, locale }: Said) => formatNumber(Number(fact.value), locale);
const chance = ({ fact, locale }: Said) => formatPercent(Number(fact.value), locale);
const percent = ({ fact, locale }: Said) => formatPercent(Number(fact.value) / 100, locale);
const money = ({ fact, locale }: Said) =>
  isMoney(fact.value) ? formatMoney(fact.value, locale) : formatNumber(Number(fact.value), locale);
const day = ({ fact, locale }: Said) => formatDay(String(fact.value), locale);
const ad = ({ fact, names }: Said) => named(fact.subject, names, 'the ad');
const times = (said: Said, one: string, many: string) =>
  `${number(said)} ${Number(said.fact.value) === 1 ? one : many}`;

function isMoney(value: EvidenceFact['value']): value is MoneyJson {
  return typeof value === 'object';
}

function named(key: string | undefined, names: SubjectNames, fallback: string): string {
  const name = key === undefined ? undefined : names[key];
  return name === undefined ? fallback : `“${name}”`;
}

const FACTS: Record<EvidenceFactKey, (said: Said) => string> = {
  ad_shown_times: (said) => `${ad(said)} was shown ${times(said, 'time', 'times')}.`,
  ad_clicks: (said) => `It brought ${times(said, 'click', 'clicks')}.`,
  ad_results: (said) =>
    Number(said.fact.value) === 0
      ? 'Nobody acted on it after clicking.'
      : `${times(said, 'person', 'people')} acted on it after clicking.`,
  ad_spend: (said) => `${money(said)} went into it.`,
  ad_days_running: (said) => `It ran for ${times(said, 'day', 'days')}.`,
  best_ad_shown_times: (said) =>
    `The best one beside it, ${named(said.fact.subject, said.names, 'another ad')}, was shown ${times(said, 'time', 'times')}.`,
  best_ad_clicks: (said) => `That one brought ${times(said, 'click', 'clicks')}.`,
  best_ad_results: (said) =>
    Number(said.fact.value) === 0
      ? 'Nobody acted on that one either.'
      : `${times(said, 'person', 'people')} acted on that one.`,
  best_ad_spend: (said) => `${money(said)} went into that one.`,
  chance_clearly_worse: (said) => `The chance that ${ad(said)} is clearly worse than the best one is ${chance(said)}.`,
  chance_tired: (said) =>
    `The chance that ${ad(said)} brings clearly less than your ads did when they were fresh is ${chance(said)}.`,
  worth_against_best_percent: (said) =>
    `For the same money it brings about ${percent(said)} of what the best one brings.`,
  worth_against_best_low_percent: (said) => `It could be as little as ${percent(said)}.`,
  worth_against_best_high_percent: (said) => `It could be as much as ${percent(said)}.`,
  clicks_only: () => 'Only clicks can be counted here, so only clicks speak.',
  reserve_key: (said) =>
    `${named(String(said.fact.value), said.names, 'A fresh ad')} was ready, seen and approved by you.`,
  paused_on: (said) => `${ad(said)} was paused on ${day(said)}.`,
  days_looked_at: (said) => `I looked at ${times(said, 'day', 'days')}.`,
  spend_looked_at: (said) => `${money(said)} was spent in that time.`,
  results_looked_at: (said) => `${times(said, 'person', 'people')} acted on the ads in that time.`,
  cost_per_result: (said) => `Each of them cost ${money(said)}.`,
  cost_per_result_high: (said) => `With bad luck taken into account, each may really cost up to ${money(said)}.`,
  expected_cost_low: (said) => `The plan expected at least ${money(said)} each.`,
  expected_cost_high: (said) => `The plan expected at most ${money(said)} each.`,
  result_value: (said) => `You told me one is worth ${money(said)} to you.`,
  margin_percent: (said) => `You told me ${percent(said)} of that stays with you.`,
  break_even_cost: (said) => `Up to ${money(said)} each, you earn more than you spend.`,
  chance_more_pays: (said) => `The chance that more money earns more than it costs is ${chance(said)}.`,
  chance_within_expectation: (said) => `The chance that each costs no more than the plan expected is ${chance(said)}.`,
  chance_loses_money: (said) => `The chance that each costs more than it brings in is ${chance(said)}.`,
  chance_far_too_dear: (said) => `The chance that each costs more than twice what it may is ${chance(said)}.`,
  daily_budget_now: (said) => `The daily budget was ${money(said)}.`,
  daily_budget_new: (said) => `The daily budget would be ${money(said)}.`,
  monthly_limit_now: (said) => `Your limit for a month was ${money(said)}.`,
  monthly_limit_new: (said) => `Your limit for a month would be ${money(said)}.`,
  giver_cost_per_result: (said) => `Where the money comes from, each cost ${money(said)} on average.`,
  taker_cost_per_result: (said) => `Where it goes, each cost ${money(said)} on average.`,
  money_moved: (said) => `${money(said)} a day moves; the total stays the same.`,
  chance_move_pays: (said) => `The chance that the move pays is ${chance(said)}.`,
  expected_gain_percent: (said) => `The moved money is expected to bring ${percent(said)} more.`,
};

const ALTERNATIVES: Record<EvidenceAlternativeKey, string> = {
  wait_longer: 'Waiting a few more days.',
  keep_running: 'Letting it run on.',
  swap_in_reserve_instead: 'Putting a fresh ad in its place at once.',
  raise_less: 'A smaller step.',
  leave_budget: 'Leaving the budget as it is.',
  new_ads_instead: 'Making new ads.',
  lower_budget_instead: 'Spending less a day.',
  pause_campaign_instead: 'Pausing all the ads.',
  keep_paused: 'Leaving it paused.',
  split_as_it_is: 'Leaving the money where it is.',
};

const WOULD_CHANGE: Record<EvidenceWouldChangeKey, string> = {
  ad_catches_up: 'If the ad had been catching up with the others.',
  ad_brings_results: 'If more people had acted on the ad.',
  best_ad_drops: 'If the best ad had been getting weaker.',
  too_little_data: 'If there had been too little to go by.',
  late_results_arrive: 'If people who clicked earlier still act on it in the next days.',
  cost_rises: 'If each one gets dearer.',
  cost_falls: 'If each one gets cheaper.',
  owner_names_value: 'If you tell me what a customer is worth to you.',
  budget_not_used: 'If today’s budget is not used up.',
  groups_become_equal: 'If both sides come to bring the same.',
  campaigns_become_equal: 'If the two plans come to bring the same.',
  owner_says_keep: 'If you tell me to keep it.',
};

const BECAUSE: Record<RuleId, string> = {
  'pause-bad-ad': 'This ad brings clearly less for its money than the best one beside it.',
  'stop-loss': 'Enough money went into this ad that it should have brought somebody by now, and it has not.',
  'swap-reserve': 'The paused ad is to come back as a fresh one that you have already seen.',
  'tired-creative': 'People have seen this ad and act on it less than they did on your ads when they were fresh.',
  'resume-with-reserve': 'A fresh ad is in place, so it can run again.',
  'rescue-ad': 'People who clicked earlier acted later, and the reason for the pause is gone.',
  'raise-budget': 'The ads bring people at a price that makes more of them worth having.',
  'lower-budget': 'Each one costs more than it brings in.',
  'pause-campaign': 'Each one costs far more than it may.',
  'shift-budget': 'The same money brings more if it is spent elsewhere in your ads.',
  'move-half-done':
    'I lowered this to move the money to another of your plans, and that one could not be raised. This puts it back.',
  'move-between-campaigns':
    'The next bit of money brings more in one of your plans than the last bit brings in the other.',
  'thumb-click-rate': 'You switched on the rule that pauses any ad fewer than 3 in 1,000 people click.',
  'thumb-shift': 'You switched on the rule that moves a fifth of the money to what did best yesterday.',
  'thumb-frequency': 'You switched on the rule that swaps an ad once people have seen it more than three times.',
  'test-winner': 'The comparison you asked for has its answer: another ad brings more.',
  'stop-site-down': 'The page your ads lead to did not answer, so every click would have cost money for nothing.',
  'stop-runaway-spend': 'More was spent in one day than Facebook may take of this daily budget.',
  'stop-shop-broken': 'You told me that your shop is not working.',
  'stop-over': 'I had paused it because something was wrong, and that is over.',
  'owner-asked': 'You asked for it.',
  'test-proposed': 'Which one is better is a guess so far. This would tell.',
  'test-over': 'The comparison is over, so nothing has to be drawn by lot any more.',
};

/** What is kept up by itself and weighs no figures. */
const KEPT_UP: Record<string, string> = { 'month-guard': 'It keeps the limit you approved, month by month.' };

const owns = <Key extends string>(table: Record<Key, unknown>, key: string): key is Key => Object.hasOwn(table, key);

/** Why something was done or asked, from the record of that moment alone. Keys this version does not know are left out. */
export function explainEvidence(evidence: Evidence, locale: Locale, names: SubjectNames = {}): EvidenceWords {
  return {
    because: owns(BECAUSE, evidence.rule)
      ? BECAUSE[evidence.rule]
      : (KEPT_UP[evidence.rule] ?? 'The numbers at that moment spoke for it.'),
    facts: evidence.facts.flatMap((fact) =>
      owns(FACTS, fact.key) ? [capital(FACTS[fact.key]({ fact, locale, names }))] : [],
    ),
    alternatives: evidence.alternatives.flatMap((key) => (owns(ALTERNATIVES, key) ? [ALTERNATIVES[key]] : [])),
    wouldChange: evidence.wouldChange.flatMap((key) => (owns(WOULD_CHANGE, key) ? [WOULD_CHANGE[key]] : [])),
    period: formatDays(evidence.since, evidence.until, locale),
  };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
