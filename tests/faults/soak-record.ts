import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../.data/soak');

export type SoakRecord = { has(point: string): boolean; add(point: string): void; size(): number };

/**
 * What a long run has shown so far, so that one that was broken off goes on where it stopped. It counts for these very
 * sources alone: with any other byte of what was run the record begins anew.
 */
export function openSoakRecord(name: string, sources: readonly string[]): SoakRecord {
  const hash = createHash('sha256');
  for (const source of [...sources].sort()) hash.update(readFileSync(source)).update('\0');
  const digest = hash.digest('hex');
  const file = path.join(folder, `${name}.json`);
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { digest: string; points: string[] })
    : null;
  const points = new Set(kept?.digest === digest ? kept.points : []);
  return {
    has: (point) => points.has(point),
    size: () => points.size,
    add(point) {
      points.add(point);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, JSON.stringify({ digest, points: [...points] }));
    },
  };
}
