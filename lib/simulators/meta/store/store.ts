/**
 * Where worlds are kept. Everything is synchronous on purpose: an answer leaves the simulator
 * only after the state it reports has been written.
 */
export type SimulatorStore = {
  readWorlds(): StoredWorld[];
  /** Appends to the world's delivery journal; returns the journal's new size in bytes. */
  appendJournal(worldId: string, atBytes: number, lines: string): number;
  writeWorld(worldId: string, json: string): void;
  deleteWorld(worldId: string): void;
  readShared(): string | null;
  writeShared(json: string): void;
  readBlob(name: string): Uint8Array | null;
  writeBlob(name: string, bytes: Uint8Array): void;
};

export type StoredWorld = { worldId: string; json: string; journal: string };
