import { type MoneyJson, moneyToDecimal } from '../../domain/money';
import type { CostSeen } from '../../domain/past/past';
import type { Standing } from '../../services/standing/read';

type Seen = { lowest: string; highest: string; from: number } | null;

/** What the account's earlier ads cost, as the model reads it: amounts in the account's currency, each with its count. */
export type PastForModel = {
  origin: 'platform';
  since: string;
  until: string;
  currency: string;
  spent: string;
  goals: {
    goal: string | null;
    days: number;
    clicks: number;
    results: number | null;
    perClick: Seen;
    perResult: Seen;
  }[];
  checks: string[];
  guesses: { goal: string; better: string; perResult: Seen; worse: string; perResultOfWorse: Seen }[];
};

export function pastForModel(past: Standing['past']): PastForModel | null {
  if (!past) return null;
  const nameOf = (id: string) => past.names[id] ?? 'a campaign without a name';
  return {
    origin: 'platform',
    since: past.since,
    until: past.until,
    currency: past.spend.currency,
    spent: decimal(past.spend),
    goals: past.goals.map(({ goal, days, clicks, results, perClick, perResult }) => ({
      goal,
      days,
      clicks,
      results,
      perClick: seen(perClick),
      perResult: seen(perResult),
    })),
    checks: past.checks,
    guesses: past.hypotheses.map(({ goal, better, worse }) => ({
      goal,
      better: nameOf(better.campaignId),
      perResult: seen(better.perResult),
      worse: nameOf(worse.campaignId),
      perResultOfWorse: seen(worse.perResult),
    })),
  };
}

function seen(cost: CostSeen | null): Seen {
  return cost && { lowest: decimal(cost.low), highest: decimal(cost.high), from: cost.n };
}

function decimal({ minor, currency }: MoneyJson): string {
  return moneyToDecimal({ minor: BigInt(minor), currency });
}
