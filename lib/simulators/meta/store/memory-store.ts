import type { SimulatorStore } from './store';

/** Keeps everything in this process: for tests that need no restart. */
export function createMemoryStore(): SimulatorStore {
  const worlds = new Map<string, string>();
  const journals = new Map<string, string>();
  const blobs = new Map<string, Uint8Array>();
  let shared: string | null = null;

  return {
    readWorlds: () => [...worlds].map(([worldId, json]) => ({ worldId, json, journal: journals.get(worldId) ?? '' })),
    appendJournal: (worldId, atBytes, lines) => {
      const journal = (journals.get(worldId) ?? '').slice(0, atBytes) + lines;
      journals.set(worldId, journal);
      return journal.length;
    },
    writeWorld: (worldId, json) => void worlds.set(worldId, json),
    deleteWorld: (worldId) => {
      worlds.delete(worldId);
      journals.delete(worldId);
    },
    readShared: () => shared,
    writeShared: (json) => {
      shared = json;
    },
    readBlob: (name) => blobs.get(name) ?? null,
    writeBlob: (name, bytes) => void blobs.set(name, bytes),
  };
}
