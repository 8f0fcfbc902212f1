// Where things stand in the repository. Everything generated locally lives under .data/ (git-ignored).
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dataDir = path.join(root, '.data');
export const logsDir = path.join(dataDir, 'logs');
export const buildDir = path.join(dataDir, 'build');

export const inRoot = (...parts) => path.join(root, ...parts);
export const inData = (...parts) => path.join(dataDir, ...parts);

/** .data is traversable (the database may run as another user) but its files are private one by one. */
export function ensureDataDir() {
  mkdirSync(dataDir, { recursive: true });
  if ((statSync(dataDir).mode & 0o777) !== 0o711) chmodSync(dataDir, 0o711);
  mkdirSync(logsDir, { recursive: true, mode: 0o700 });
}
