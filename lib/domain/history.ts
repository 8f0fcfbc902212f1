import type { CampaignAction } from './action';

/** Kinds an owner can look for in the history; every event that leaves an audit row belongs to one. */
export const HISTORY_KINDS = ['decisions', 'changes', 'plans', 'stops', 'connections', 'other'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

const KIND_OF: Record<string, HistoryKind> = {
  approval: 'decisions',
  policy: 'decisions',
  action: 'changes',
  campaign: 'changes',
  deployment: 'changes',
  drift: 'changes',
  plan: 'plans',
  brief: 'plans',
  report: 'plans',
  stop: 'stops',
  quarantine: 'stops',
  connection: 'connections',
  account: 'connections',
};

/** The kind of an audit row by its event, `noun.verb`. */
export function historyKind(event: string): HistoryKind {
  return KIND_OF[event.split('.')[0] ?? ''] ?? 'other';
}

/** Nouns of a kind, for asking the database; null where the kind is what is left over. */
export function nounsOf(kind: HistoryKind): string[] | null {
  if (kind === 'other') return null;
  return Object.entries(KIND_OF).flatMap(([noun, of]) => (of === kind ? [noun] : []));
}

/** Nouns that have a kind of their own; whatever else happened is "other". */
export const NAMED_NOUNS = Object.keys(KIND_OF);

export type HistoryActor = { type: 'user' | 'agent' | 'job' | 'webhook' | 'system'; name: string | null };

/** One audit row with what its words need. Values of `before`, `after` and `reason` are those of the row: ids and digests. */
export type HistoryFacts = {
  event: string;
  actor: HistoryActor;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: Record<string, unknown>;
  campaign: string | null;
  /** The change it is about, where there is one. */
  action: { action: CampaignAction; subject: string | null; isUndo: boolean } | null;
  /** The card it is about: kind and the sentence the owner was shown. */
  approval: { kind: string; text: string } | null;
};

export type HistoryEntry = {
  /** Place in the workspace's trail, from 1, without gaps. */
  seq: number;
  /** Business time, ISO. */
  at: string;
  kind: HistoryKind;
  who: string;
  text: string;
  detail: string | null;
  project: { id: string; name: string } | null;
};
