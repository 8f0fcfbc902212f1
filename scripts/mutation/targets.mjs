// What is mutated, and the tests that have to notice. Pure values first: what decides about money.
const domain = (name) => `lib/domain/${name}.ts`;
const test = (name) => `tests/unit/domain/${name}.test.ts`;

export const targets = {
  [domain('policy')]: [test('policy'), test('owner-kinds')],
  [domain('policy-budget')]: [test('policy')],
  [domain('policy-input')]: [test('policy')],
  [domain('policy-limits')]: [test('policy'), test('policy-change')],
  [domain('policy-change')]: [test('policy-change')],
  [domain('approval')]: [test('life-cycles'), test('approval'), test('owner-kinds')],
  [domain('pacing')]: [test('pacing')],
  [domain('month-guard')]: [test('pacing')],
  [domain('money')]: [test('money')],
  [domain('spend-shape')]: [test('spend-shape')],
  [domain('undo')]: [test('undo')],
  [domain('action')]: [test('life-cycles'), test('approval'), test('policy'), test('owner-kinds')],
};
