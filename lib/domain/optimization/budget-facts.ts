import type { MoneyJson } from '../money';
import { breakEvenMinor, type Numbers } from './campaign-numbers';
import type { CostBelief } from './cost-belief';
import type { Fact } from './evidence-of';
import type { OptimizationEvidence } from './types';

export function minorJson(evidence: OptimizationEvidence, minor: number): MoneyJson {
  return { minor: String(Math.round(minor)), currency: evidence.envelope.monthlyCeiling.currency };
}

/** The figures every budget card shows: what was spent, what came of it, what was promised, what a result is worth. */
export function budgetFacts(evidence: OptimizationEvidence, numbers: Numbers, belief: CostBelief): Fact[] {
  const promise = evidence.projection?.costPerResult;
  const breakEven = breakEvenMinor(evidence);
  const known = breakEven !== null && evidence.resultValue && evidence.marginPercent !== null;
  return [
    { key: 'days_looked_at', value: numbers.days },
    { key: 'spend_looked_at', value: minorJson(evidence, numbers.spendMinor) },
    { key: 'results_looked_at', value: numbers.results },
    ...(numbers.results > 0
      ? [
          {
            key: 'cost_per_result',
            value: minorJson(evidence, numbers.reportedSpendMinor / numbers.results),
          } satisfies Fact,
        ]
      : []),
    ...(Number.isFinite(belief.highMinor)
      ? [{ key: 'cost_per_result_high', value: minorJson(evidence, belief.highMinor) } satisfies Fact]
      : []),
    ...(promise
      ? ([
          { key: 'expected_cost_low', value: promise.low },
          { key: 'expected_cost_high', value: promise.high },
        ] satisfies Fact[])
      : []),
    ...(known && evidence.resultValue
      ? ([
          { key: 'result_value', value: evidence.resultValue },
          { key: 'margin_percent', value: evidence.marginPercent ?? 0 },
          { key: 'break_even_cost', value: minorJson(evidence, breakEven) },
        ] satisfies Fact[])
      : []),
  ];
}
