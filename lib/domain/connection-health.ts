/** One login as its owner looks at it; no token, no permission in a platform's own spelling is left without words. */
export type ConnectionHealth = {
  id: string;
  pretend: boolean;
  state: 'HEALTHY' | 'BROKEN' | 'REVOKED' | 'QUARANTINED';
  /** Why it is not healthy, as words know it. */
  reason: 'missing_permissions' | 'quarantined' | 'revoked' | 'other' | null;
  /** The hold on it, which a person can lift. */
  hold: { id: string; because: 'refused' | 'drift' | 'ledger' | 'manual' } | null;
  /** Real time, ISO. */
  connectedAt: string;
  checkedAt: string | null;
  /** When Meta stops accepting it; null where it has no end or Meta did not say. */
  endsAt: string | null;
  daysLeft: number | null;
  granted: string[];
  declined: string[];
  accounts: {
    id: string;
    name: string;
    currency: string;
    state: string;
    hasFunding: boolean;
    shops: string[];
    /** Share of what the platform allows that is used, whole per cent; null where nothing recent is known. */
    usedPercent: number | null;
    /** The platform refused: everything but stops waits this many real minutes. */
    heldMinutes: number;
  }[];
  pages: string[];
  /** A project of this login to connect again from. */
  projectId: string | null;
};

const DAY_MS = 86_400_000;

/** Whole days until a moment, rounded down; 0 on its last day, negative afterwards. */
export function daysUntil(end: Date, now: Date): number {
  return Math.floor((end.getTime() - now.getTime()) / DAY_MS);
}
