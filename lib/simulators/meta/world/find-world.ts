import type { LiveWorld } from './live-world';

const byMark = new WeakMap<Map<string, LiveWorld>, Map<string, string>>();

/** The world whose eight-digit mark stands in an id or a token; null when there is none. */
export function worldByMark(worlds: Map<string, LiveWorld>, mark: string | null): LiveWorld | null {
  if (mark === null) return null;
  const index = byMark.get(worlds) ?? new Map<string, string>();
  byMark.set(worlds, index);
  const known = worlds.get(index.get(mark) ?? '');
  if (known?.world.mark === mark) return known;
  for (const live of worlds.values()) {
    if (live.world.mark !== mark) continue;
    index.set(mark, live.world.id);
    return live;
  }
  return null;
}
