import { type PresetId, presetActions } from '../../../../lib/domain/optimization/presets';
import { type MakePolicy, Tally } from './policy';

/** The first design document's rules as written, every 4 hours: all of them, or single ones. */
export const presets =
  (ids: readonly PresetId[]): MakePolicy =>
  () => {
    const seen = new Tally();
    return {
      step(input) {
        seen.add(input);
        const ads = new Map(input.ads.map((ad) => [ad.key, seen.ad(input, ad.key)]));
        const lastDay = new Map(
          input.adSets.map((adSet) => {
            const day = seen.adSet(input, adSet.key, 1);
            return [adSet.key, { spendMinor: day.spend, valueMinor: day.value }];
          }),
        );
        return presetActions(ids, input, { ads, lastDay }).map(({ action }) => action);
      },
    };
  };

export const designRules = presets(['pause_low_click_rate', 'shift_every_four_hours', 'rotate_at_frequency_three']);
