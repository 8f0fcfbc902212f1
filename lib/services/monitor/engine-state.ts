import * as z from 'zod';
import type { SeenDay } from '../../domain/optimization/optimizer/feed';
import type { StoredState } from '../../domain/optimization/optimizer/step';
import type { OptimizerDecision } from '../../domain/optimization/optimizer/types';

const count = z.number();
const tick = z.int();
const adSums = {
  impressions: count,
  clicks: count,
  spendMinor: count,
  results: count,
  valueMinor: count,
};
const dated = z.tuple([z.string(), z.int()]);

const stored: z.ZodType<StoredState> = z.object({
  version: z.literal(1),
  tick,
  most: count,
  stopped: z.array(z.string()),
  decidedOn: z.int(),
  guard: z.object({
    siteDownSince: tick.nullable(),
    restingSince: tick.nullable(),
    askedAt: tick.nullable(),
    silentSince: tick.nullable(),
    trackingLostSince: tick.nullable(),
    quietUntil: tick,
  }),
  ads: z.array(
    z.object({
      key: z.string(),
      adSetKey: z.string(),
      creative: z.string(),
      since: z.int(),
      firsts: z.array(z.int()),
      pausedOn: z.int().nullable(),
      rescuedOn: z.int().nullable(),
      days: z.array(z.object({ day: z.int(), ...adSums, counted: count })),
    }),
  ),
  ticks: z.array(
    z.object({
      tick,
      impressions: count,
      clicks: count,
      spendMinor: count,
      landingPageViews: count.nullable(),
      results: count,
    }),
  ),
  rows: z.array(z.object({ tick, adKey: z.string(), ...adSums, landingPageViews: count.nullable() })),
  excluded: z.array(tick),
  unreported: z.array(tick),
  editedOn: z.array(dated),
  rotatedOn: z.array(dated),
  unlike: z.boolean(),
  restatesClicks: z.boolean(),
  value: z.object({ results: count, valueMinor: count }),
});

export type HeldState = { engine: StoredState; seen: SeenDay[] };

/** What the column `EngineState.state` may hold. */
export const heldState: z.ZodType<HeldState> = z.object({
  engine: stored,
  seen: z.array(z.object({ adKey: z.string(), day: z.int(), results: count, valueMinor: count })),
});

const ad = { adKey: z.string() };
const adSet = { adSetKey: z.string() };

/** What the column `EngineState.decisions` may hold. */
export const heldDecisions: z.ZodType<OptimizerDecision[]> = z.array(
  z.object({
    action: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('pause_ad'), ...ad }),
      z.object({ kind: z.literal('resume_ad'), ...ad }),
      z.object({ kind: z.literal('pause_ad_set'), ...adSet }),
      z.object({ kind: z.literal('resume_ad_set'), ...adSet }),
      z.object({ kind: z.literal('set_budget'), ...adSet, dailyBudgetMinor: count }),
      z.object({ kind: z.literal('replace_creative'), ...ad }),
      z.object({ kind: z.literal('ask_owner') }),
    ]),
    reason: z.string(),
    chance: z.number().nullable(),
    gain: z.number().exactOptional(),
  }),
);
