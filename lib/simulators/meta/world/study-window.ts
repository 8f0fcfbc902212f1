import type { GraphObject } from './types';

/** From when to when a study holds, cut short where it was cancelled. */
export function studyWindow(study: GraphObject): { fromMs: number; toMs: number } {
  const end = Number(study.data.end_time ?? 0);
  const cancelled = study.data.canceled_time;
  return {
    fromMs: Number(study.data.start_time ?? 0) * 1000,
    toMs: (typeof cancelled === 'number' ? Math.min(end, cancelled) : end) * 1000,
  };
}
