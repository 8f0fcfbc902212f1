import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SimulatorStore } from './store';

const WORLD_FILE = /^([A-Za-z0-9_-]+)\.world\.json$/;
const BLOB_NAME = /^[A-Za-z0-9._-]+$/;

function writeWhole(path: string, content: string | Uint8Array): void {
  // A rename is atomic: a process killed at any moment leaves the old file or the new one.
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

function readIfThere(path: string): Buffer | null {
  return existsSync(path) ? readFileSync(path) : null;
}

/** Keeps each world as one JSON file plus an append-only journal of what was delivered. */
export function createFileStore(directory: string): SimulatorStore {
  const blobs = join(directory, 'blobs');
  mkdirSync(blobs, { recursive: true });

  const worldPath = (worldId: string) => join(directory, `${worldId}.world.json`);
  const journalPath = (worldId: string) => join(directory, `${worldId}.delivery.jsonl`);
  const sharedPath = join(directory, 'shared.json');

  return {
    readWorlds: () =>
      readdirSync(directory)
        .map((name) => WORLD_FILE.exec(name)?.[1])
        .filter((worldId) => worldId !== undefined)
        .map((worldId) => ({
          worldId,
          json: readFileSync(worldPath(worldId), 'utf8'),
          journal: readIfThere(journalPath(worldId))?.toString('latin1') ?? '',
        })),

    appendJournal: (worldId, atBytes, lines) => {
      const file = openSync(journalPath(worldId), existsSync(journalPath(worldId)) ? 'r+' : 'w+');
      try {
        // Lines written before a crash but never named by the world's file are overwritten.
        if (fstatSync(file).size > atBytes) ftruncateSync(file, atBytes);
        const bytes = Buffer.from(lines, 'latin1');
        writeSync(file, bytes, 0, bytes.length, atBytes);
        return atBytes + bytes.length;
      } finally {
        closeSync(file);
      }
    },

    writeWorld: (worldId, json) => writeWhole(worldPath(worldId), json),

    deleteWorld: (worldId) => {
      rmSync(worldPath(worldId), { force: true });
      rmSync(journalPath(worldId), { force: true });
    },

    readShared: () => readIfThere(sharedPath)?.toString('utf8') ?? null,
    writeShared: (json) => writeWhole(sharedPath, json),

    readBlob: (name) => (BLOB_NAME.test(name) ? readIfThere(join(blobs, name)) : null),
    writeBlob: (name, bytes) => {
      if (!BLOB_NAME.test(name)) throw new Error(`unusable blob name ${name}`);
      if (!existsSync(join(blobs, name))) writeWhole(join(blobs, name), bytes);
    },
  };
}
