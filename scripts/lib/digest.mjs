// One number for the content of many files: when it is unchanged, the work that depends on them is skipped.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Hash of names and contents of files and folders (relative to the repository). Missing ones count as missing. */
export function digestOf(entries, { skip = () => false, extra = '' } = {}) {
  const hash = createHash('sha256').update(extra);
  for (const file of entries.flatMap((entry) => filesUnder(entry, skip)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function filesUnder(entry, skip) {
  const full = path.join(root, entry);
  if (!existsSync(full) || skip(entry)) return [];
  if (statSync(full).isFile()) return [entry];
  return readdirSync(full).flatMap((name) => filesUnder(path.posix.join(entry, name), skip));
}

export function isStamped(file, digest) {
  return existsSync(file) && readFileSync(file, 'utf8').trim() === digest;
}

export function stamp(file, digest) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${digest}\n`);
}
