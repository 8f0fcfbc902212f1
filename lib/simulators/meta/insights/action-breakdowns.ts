import type { Json, JsonObject } from '../world/types';

type Part = { value: string; share: number };

const DEVICES: Part[] = [
  { value: 'android_smartphone', share: 0.46 },
  { value: 'iphone', share: 0.36 },
  { value: 'desktop', share: 0.18 },
];
const REACTIONS: Part[] = [
  { value: 'like', share: 0.8 },
  { value: 'love', share: 0.2 },
];

function partsOf(name: string, type: string): Part[] {
  if (name === 'action_device') return DEVICES;
  if (name === 'action_reaction') return type === 'post_reaction' ? REACTIONS : [];
  if (name === 'action_destination') return [{ value: 'Website', share: 1 }];
  return [{ value: 'unknown', share: 1 }];
}

/** Whole numbers that add up: each part gets its floor, the last what is left. */
function shared(total: number, parts: readonly Part[], at: number): number {
  const before = (upTo: number) =>
    Math.floor(total * parts.slice(0, upTo).reduce((sum, part) => sum + part.share, 0) + 1e-9);
  return (at === parts.length - 1 ? total : before(at + 1)) - before(at);
}

function splitBy(action: JsonObject, name: string): JsonObject[] {
  const parts = partsOf(name, String(action.action_type));
  if (parts.length === 0) return [action];
  return parts
    .map((part, at): JsonObject => {
      const counted = Object.entries(action)
        .filter(([key]) => key !== 'action_type' && !key.startsWith('action_'))
        .map(([key, value]): [string, Json] => [key, String(shared(Number(value), parts, at))]);
      const kept = Object.entries(action).filter(([key]) => key.startsWith('action_'));
      return { ...Object.fromEntries(kept), [name]: part.value, ...Object.fromEntries(counted) };
    })
    .filter((one) => Number(one.value ?? 1) > 0);
}

/** Action objects told apart by device, reaction and the like; their counts add up to the whole. */
export function splitActions(actions: JsonObject[], breakdowns: readonly string[]): JsonObject[] {
  return breakdowns.reduce((rows, name) => rows.flatMap((row) => splitBy(row, name)), actions);
}
