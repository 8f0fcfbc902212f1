import type { OptimizerAction, OptimizerDecision, TickInput } from './optimizer/types';

/** The design documents' thresholds taken literally. An owner may switch them on; the default is the sound engine. */
export type PresetId = 'pause_low_click_rate' | 'shift_every_four_hours' | 'rotate_at_frequency_three';

export type Preset = {
  id: PresetId;
  /** What it cost or brought on simulated markets, as a share of the whole budget, with its 95 % interval. */
  measured: { upliftPercent: number; low: number; high: number; markets: number };
};

/** As measured by `npm run bench:optimizer -- 50 5001 preset`. */
export const PRESETS: readonly Preset[] = [
  { id: 'pause_low_click_rate', measured: { upliftPercent: 0.2, low: 0, high: 0.4, markets: 50 } },
  { id: 'shift_every_four_hours', measured: { upliftPercent: -14.7, low: -19.8, high: -10.5, markets: 50 } },
  { id: 'rotate_at_frequency_three', measured: { upliftPercent: 0, low: 0, high: 0, markets: 50 } },
];

export const LOW_CLICK_RATE = 0.003;
export const LOW_CLICK_RATE_MIN_SHOWINGS = 1000;
export const LITERAL_SHIFT = 0.2;
export const LITERAL_FREQUENCY = 3;

export type PresetSums = {
  /** Everything an ad has done so far. */
  ads: ReadonlyMap<string, { impressions: number; clicks: number }>;
  /** Each ad set's last 24 hours. */
  lastDay: ReadonlyMap<string, { spendMinor: number; valueMinor: number }>;
};

/** What the switched-on presets would do at this tick; nothing of the engine's own caution is in them. */
export function presetActions(
  presets: readonly PresetId[],
  input: Pick<TickInput, 'ads' | 'adSets'>,
  sums: PresetSums,
  minDailyMinor = 300,
): OptimizerDecision[] {
  const actions: [PresetId, OptimizerAction[]][] = [
    ['pause_low_click_rate', lowClickRate(input, sums)],
    ['shift_every_four_hours', shift(input, sums, minDailyMinor)],
    ['rotate_at_frequency_three', rotate(input)],
  ];
  return actions
    .filter(([id]) => presets.includes(id))
    .flatMap(([id, said]) => said.map((action) => ({ action, reason: id, chance: null })));
}

function lowClickRate({ ads }: Pick<TickInput, 'ads'>, sums: PresetSums): OptimizerAction[] {
  const paused = new Set<string>();
  for (const ad of ads) {
    const sum = sums.ads.get(ad.key);
    if (!ad.on || !sum || sum.impressions < LOW_CLICK_RATE_MIN_SHOWINGS) continue;
    // The one thing added to the documents: never the last ad.
    const left = ads.filter((one) => one.on && one.adSetKey === ad.adSetKey && !paused.has(one.key)).length;
    if (sum.clicks / sum.impressions < LOW_CLICK_RATE && left > 1) paused.add(ad.key);
  }
  return [...paused].map((adKey) => ({ kind: 'pause_ad', adKey }));
}

function shift({ adSets }: Pick<TickInput, 'adSets'>, sums: PresetSums, least: number): OptimizerAction[] {
  const returns = adSets
    .map((adSet) => {
      const day = sums.lastDay.get(adSet.key);
      return { adSet, value: day && day.spendMinor > 0 ? day.valueMinor / day.spendMinor : 0 };
    })
    .sort((a, b) => a.value - b.value);
  const best = returns.at(-1);
  const worst = returns.find(({ adSet }) => adSet.dailyBudgetMinor > (1 + LITERAL_SHIFT) * least);
  if (!worst || !best || worst === best || best.value <= worst.value) return [];
  const now = worst.adSet.dailyBudgetMinor;
  const moved = Math.min(Math.round(LITERAL_SHIFT * now), now - least);
  return [
    { kind: 'set_budget', adSetKey: worst.adSet.key, dailyBudgetMinor: now - moved },
    { kind: 'set_budget', adSetKey: best.adSet.key, dailyBudgetMinor: best.adSet.dailyBudgetMinor + moved },
  ];
}

function rotate({ ads, adSets }: Pick<TickInput, 'ads' | 'adSets'>): OptimizerAction[] {
  return adSets.flatMap((adSet): OptimizerAction[] => {
    const tired = ads.find((ad) => ad.on && ad.adSetKey === adSet.key && (ad.frequency ?? 0) > LITERAL_FREQUENCY);
    return tired && adSet.stock > 0 ? [{ kind: 'replace_creative', adKey: tired.key }] : [];
  });
}
