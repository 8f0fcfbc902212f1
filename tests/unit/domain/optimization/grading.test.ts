import { describe, expect, it } from 'vitest';
import { gradeAction, type Stretch } from '../../../../lib/domain/optimization/grading/grade-action';
import { type Graded, trackRecord } from '../../../../lib/domain/optimization/grading/track-record';
import { randomFrom } from '../../../../lib/domain/statistics/random';

const PREDICTED = { low: 1.05, likely: 1.3, high: 1.6 };
const stretch = (results: number): Stretch => ({ results, spendMinor: 100_000 });

describe('gradeAction', () => {
  it('an action that did what it promised is kept, one that did the opposite is missed', () => {
    const grade = (after: number) =>
      gradeAction({
        predicted: PREDICTED,
        before: stretch(200),
        after: stretch(after),
        control: { before: stretch(300), after: stretch(300) },
      }).verdict;
    expect(grade(270)).toBe('kept');
    expect(grade(130)).toBe('missed');
    expect(grade(520)).toBe('better');
  });

  it('what happened to the whole account is not held against the action', () => {
    const control = { before: stretch(400), after: stretch(200) };
    const grade = gradeAction({ predicted: PREDICTED, before: stretch(200), after: stretch(135), control });
    expect(grade.measured?.likely).toBeCloseTo(1.35, 1);
    expect(grade.verdict).toBe('kept');
  });

  it('says that it cannot tell where a handful of results is all there is, and without any', () => {
    expect(gradeAction({ predicted: PREDICTED, before: stretch(3), after: stretch(4), control: null }).verdict).toBe(
      'cannot_tell',
    );
    expect(
      gradeAction({ predicted: PREDICTED, before: stretch(0), after: stretch(0), control: null }).measured,
    ).toBeNull();
  });

  it('calls an action that did just what was predicted missed in at most 10 per cent of 600 cases', () => {
    const random = randomFrom(6);
    let missed = 0;
    for (let run = 0; run < 600; run += 1) {
      const drawn = (mean: number) => stretch(random.poisson(mean));
      const grade = gradeAction({
        predicted: PREDICTED,
        before: drawn(60),
        after: drawn(78),
        control: { before: drawn(90), after: drawn(90) },
      });
      if (grade.verdict === 'missed') missed += 1;
    }
    expect(missed / 600).toBeLessThanOrEqual(0.1);
  });
});

describe('trackRecord', () => {
  const graded = (verdict: Graded['grade']['verdict'], count: number): Graded[] =>
    Array.from({ length: count }, () => ({ confidence: 0.9, grade: { verdict, measured: null, chanceHarmed: null } }));

  it('lowers what misses again and again, keeps what holds, and judges nobody on four cases or on what cannot be told', () => {
    expect(trackRecord([...graded('missed', 5), ...graded('kept', 3)]).standing).toBe('lowered');
    expect(trackRecord([...graded('missed', 1), ...graded('kept', 9)]).standing).toBe('good');
    expect(trackRecord([...graded('missed', 4), ...graded('cannot_tell', 30)]).standing).toBe('new');
  });

  it('scores confidence by the Brier rule', () => {
    expect(trackRecord(graded('kept', 5)).brier).toBeCloseTo(0.01);
    expect(trackRecord(graded('missed', 5)).brier).toBeCloseTo(0.81);
  });
});
