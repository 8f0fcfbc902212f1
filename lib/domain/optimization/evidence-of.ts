import type { CampaignAction, Evidence, EvidenceFact, SuggestedAction } from '../action';
import { daysBetween } from '../time';
import type { EvidenceAlternativeKey, EvidenceFactKey, EvidenceWouldChangeKey, RuleId } from './evidence-keys';
import type { OptimizationEvidence, PastAction } from './types';

export type Fact = { key: EvidenceFactKey; value: EvidenceFact['value']; subject?: string };

type Reasons = {
  rule: RuleId;
  facts: Fact[];
  confidence: number | null;
  alternatives: EvidenceAlternativeKey[];
  wouldChange: EvidenceWouldChangeKey[];
  since: string;
  until: string;
};

/** An action with the record of why; only keys that words can say get in. */
export function suggest(action: CampaignAction, reasons: Reasons): SuggestedAction {
  const evidence: Evidence = {
    ...reasons,
    confidence: reasons.confidence === null ? null : rounded(reasons.confidence, 4),
  };
  return { action, evidence };
}

/** Facts are shown: a figure with fifteen digits would be no help. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Days since anything touched one of these subjects; null = never. Failed and refused attempts changed nothing. */
export function daysSinceTouched(evidence: OptimizationEvidence, subjects: readonly string[]): number | null {
  return newest(
    evidence,
    (past) =>
      (past.outcome === 'done' || past.outcome === 'undone') &&
      past.subjects.some((subject) => subjects.includes(subject)),
  );
}

/** Days since this kind of advice about these subjects was refused by the owner, or undone; null = never. */
export function daysSinceUnwanted(
  evidence: OptimizationEvidence,
  kind: PastAction['kind'],
  subjects: readonly string[],
): number | null {
  return newest(
    evidence,
    (past) =>
      past.kind === kind &&
      (past.outcome === 'declined' || past.outcome === 'undone') &&
      sameSubjects(past.subjects, subjects),
  );
}

/** A card about exactly this waits for the owner. */
export function isAsked(
  evidence: OptimizationEvidence,
  kind: PastAction['kind'],
  subjects: readonly string[],
): boolean {
  return evidence.pastActions.some(
    (past) => past.kind === kind && past.outcome === 'open' && sameSubjects(past.subjects, subjects),
  );
}

function sameSubjects(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

function newest(evidence: OptimizationEvidence, matches: (past: PastAction) => boolean): number | null {
  const ages = evidence.pastActions.filter(matches).map((past) => daysBetween(past.day, evidence.today));
  return ages.length > 0 ? Math.min(...ages) : null;
}
