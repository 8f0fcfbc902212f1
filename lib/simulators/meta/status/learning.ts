import type { GraphObject, JsonObject, World } from '../world/types';

const LEARNING_MS = 7 * 24 * 3_600_000;

/** learning_stage_info of an ad set; nothing before its first delivery. */
export function learningStage(world: World, adSet: GraphObject, nowMs: number): JsonObject | undefined {
  const state = world.markets[adSet.account]?.adSets[adSet.id];
  if (!state || state.lastDeliveryMs === null) return undefined;

  const sinceMs = Math.max(state.learningSinceMs, adSet.hidden.significantEditMs ?? 0);
  const isCurrent = sinceMs === state.learningSinceMs;
  const isOver = nowMs - sinceMs > LEARNING_MS;
  const status = isCurrent && state.learnedAtMs !== null ? 'SUCCESS' : isOver ? 'FAIL' : 'LEARNING';
  return {
    status,
    conversions: isCurrent ? state.learningEvents : 0,
    last_sig_edit_ts: Math.floor(sinceMs / 1000),
    attribution_windows: ['1d_view', '7d_click'],
  };
}
