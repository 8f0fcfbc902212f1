import type { BudgetMove } from '../../domain/ad-test';
import { type MoneyJson, moneyFromJson, moneyToJson } from '../../domain/money';
import { areEqualBudgets } from '../../domain/optimization/experiments/ad-test';
import { readerFor } from '../../platforms/registry-readers';

type Group = { key: string; dailyBudget: MoneyJson };

/**
 * Moves that give two groups the same daily budget, total unchanged, in amounts the platform can hold; null where it does
 * not take half. An odd smallest coin stays with the second.
 */
export function equalMoves(one: Group, other: Group): BudgetMove[] | null {
  const { asHeld } = readerFor('meta');
  const [a, b] = [moneyFromJson(one.dailyBudget), moneyFromJson(other.dailyBudget)];
  if (a.currency !== b.currency) return null;
  const total = a.minor + b.minor;
  const half = asHeld({ minor: total / 2n, currency: a.currency });
  const rest = { minor: total - half.minor, currency: a.currency };
  if (half.minor <= 0n || asHeld(rest).minor !== rest.minor || !areEqualBudgets(half.minor, rest.minor)) return null;
  return [
    { adSetKey: one.key, from: one.dailyBudget, to: moneyToJson(half) },
    { adSetKey: other.key, from: other.dailyBudget, to: moneyToJson(rest) },
  ];
}
