import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestProblems } from '@/lib/domain/problem-digest';

const occurrence = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constant('action' as const),
  subject: fc.constant(null),
  projectId: fc.constant(null),
  projectName: fc.constant(null),
  code: fc.constant(null),
  lastAt: fc.integer({ min: 0, max: 10 ** 12 }).map((ms) => new Date(ms).toISOString()),
  referenceId: fc.constant(null),
  again: fc.constant(null),
});

describe('the digest of problems', () => {
  it('counts every occurrence once, keeps the newest of each trouble, and puts the newest first', () => {
    fc.assert(
      fc.property(fc.array(occurrence), (list) => {
        const digest = digestProblems(list);
        expect(digest.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
        for (const { key, lastAt, count } of digest) {
          const same = list.filter((one) => one.key === key);
          expect(count).toBe(same.length);
          expect(lastAt).toBe(
            same
              .map((one) => one.lastAt)
              .sort()
              .at(-1),
          );
        }
        expect(digest.map(({ lastAt }) => lastAt)).toEqual([...digest.map(({ lastAt }) => lastAt)].sort().reverse());
      }),
    );
  });

  it('puts what waits for somebody before everything that is only told', () => {
    const base = {
      kind: 'launch',
      subject: 'Cakes',
      projectId: null,
      projectName: null,
      code: null,
      referenceId: null,
    } as const;
    const digest = digestProblems([
      { ...base, key: 'told', lastAt: '2026-11-21T00:00:00.000Z', again: null },
      {
        ...base,
        key: 'waits',
        lastAt: '2026-11-01T00:00:00.000Z',
        again: { type: 'deployment', campaignRecordId: 'c' },
      },
    ]);
    expect(digest.map(({ key }) => key)).toEqual(['waits', 'told']);
  });

  it('settles every letter of the same trouble with one press', () => {
    const letter = (id: string) => ({
      kind: 'background' as const,
      subject: 'weekly-report',
      projectId: null,
      projectName: null,
      code: null,
      referenceId: null,
      key: 'background',
      lastAt: `2026-11-0${id}T00:00:00.000Z`,
      again: { type: 'dead_letter' as const, ids: [id] },
    });
    expect(digestProblems(['1', '3', '2'].map(letter))).toMatchObject([
      { count: 3, again: { type: 'dead_letter', ids: ['1', '3', '2'] } },
    ]);
  });
});
