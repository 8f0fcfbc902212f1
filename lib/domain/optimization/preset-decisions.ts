import { limitsOf } from '../policy-limits';
import type { OptimizerDecision } from './optimizer/types';
import { type PresetId, presetActions } from './presets';
import type { OptimizationEvidence } from './types';

/** The literal thresholds an owner switched on, in the order they were written down. */
export function presetsOf(evidence: Pick<OptimizationEvidence, 'envelope'>): PresetId[] {
  const limits = limitsOf(evidence.envelope);
  return [
    ...(limits.literalClickRate ? (['pause_low_click_rate'] as const) : []),
    ...(limits.literalShift ? (['shift_every_four_hours'] as const) : []),
    ...(limits.literalFrequency ? (['rotate_at_frequency_three'] as const) : []),
  ];
}

/**
 * What the literal thresholds would do today, beside the engine: only what its owner switched on, on whole days, once an
 * account day, and judged by policy like everything else.
 */
export function presetDecisions(evidence: OptimizationEvidence): OptimizerDecision[] {
  const presets = presetsOf(evidence);
  if (presets.length === 0) return [];
  const ads = evidence.adSets.flatMap((adSet) =>
    adSet.ads.map((ad) => ({
      key: ad.key,
      adSetKey: adSet.key,
      on: ad.status === 'delivering',
      creative: ad.reserveKey ?? ad.key,
      frequency: evidence.frequency ?? null,
      impressions: ad.days.reduce((sum, day) => sum + day.impressions, 0),
      clicks: ad.days.reduce((sum, day) => sum + day.clicks, 0),
    })),
  );
  const lastDay = new Map(
    evidence.adSets.map((adSet) => {
      const rows = adSet.ads.flatMap((ad) => ad.days.filter(({ day }) => day === evidence.dataThrough));
      const spendMinor = rows.reduce((sum, row) => sum + Number(row.spendMinor), 0);
      // Where no value is counted, results stand for it: only the order of the groups matters.
      const valueMinor = rows.reduce((sum, row) => sum + Number(row.valueMinor ?? row.results ?? 0), 0);
      return [adSet.key, { spendMinor, valueMinor }];
    }),
  );
  const adSets = evidence.adSets.map((adSet) => ({
    key: adSet.key,
    dailyBudgetMinor: Number(adSet.dailyBudget.minor),
    on: true,
    learning: false,
    stock: adSet.reserves.length,
  }));
  const minimum = evidence.minDailyBudget ? Number(evidence.minDailyBudget.minor) : undefined;
  return presetActions(presets, { ads, adSets }, { ads: new Map(ads.map((ad) => [ad.key, ad])), lastDay }, minimum);
}
