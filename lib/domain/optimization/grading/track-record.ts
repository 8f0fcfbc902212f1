import { betaCdf } from '../../statistics/distributions';
import type { Grade } from './grade-action';

/** One graded action of one kind: how sure it was, and what became of it. */
export type Graded = { confidence: number | null; grade: Grade };

export type TrackRecord = {
  graded: number;
  kept: number;
  missed: number;
  cannotTell: number;
  /** Mean squared distance between the confidence given and what came (0 best, 0.25 = a coin); null with none to score. */
  brier: number | null;
  /** 'lowered': autonomy for this kind should be taken back to asking. */
  standing: 'new' | 'good' | 'lowered';
};

/** Autonomy is taken back once this share of misses is almost certainly exceeded, and kept from the start otherwise. */
const TOO_MANY = 0.3;
const SURE = 0.9;
const MIN_JUDGED = 5;
/** What is believed of a kind before its first grade: one miss in ten. */
const PRIOR = { missed: 0.25, kept: 2.25 };

/** The score shown to the owner, per kind of action; what cannot be told counts neither way. */
export function trackRecord(actions: readonly Graded[]): TrackRecord {
  const told = actions.filter(({ grade }) => grade.verdict !== 'cannot_tell');
  const missed = told.filter(({ grade }) => grade.verdict === 'missed').length;
  const kept = told.length - missed;
  const scored = told.flatMap(({ confidence, grade }) =>
    confidence === null ? [] : [(confidence - (grade.verdict === 'missed' ? 0 : 1)) ** 2],
  );
  const tooMany = 1 - betaCdf(TOO_MANY, PRIOR.missed + missed, PRIOR.kept + kept);
  return {
    graded: actions.length,
    kept,
    missed,
    cannotTell: actions.length - told.length,
    brier: scored.length > 0 ? scored.reduce((sum, one) => sum + one, 0) / scored.length : null,
    standing: told.length < MIN_JUDGED ? 'new' : tooMany >= SURE ? 'lowered' : 'good',
  };
}
