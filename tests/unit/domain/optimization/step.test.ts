import { describe, expect, it } from 'vitest';
import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import { type StoredState, stepOptimizer } from '../../../../lib/domain/optimization/optimizer/step';
import { Market } from '../../../bench/optimizer/market';

const DAYS = 21;

describe('stepOptimizer', () => {
  it.each([11, 12])(
    'with its state stored as text after every tick decides the same as createOptimizer (%i)',
    (seed) => {
      const market = new Market({ seed });
      const options = { seed, margin: market.drawn.margin, mayLowerTotal: false };
      const carried = createOptimizer(options);
      let stored: StoredState | null = null;
      let decided = 0;
      for (let tick = 0; tick < DAYS * 6; tick += 1) {
        const input = market.next();
        const { state, decisions } = stepOptimizer(stored, input, options);
        expect(decisions).toEqual(carried.step(input));
        stored = JSON.parse(JSON.stringify(state)) as StoredState;
        decided += decisions.length;
        for (const { action } of decisions) market.apply(action);
      }
      expect(decided).toBeGreaterThan(1);
    },
  );

  it('leaves the state it was given as it was', () => {
    const market = new Market({ seed: 14 });
    const options = { seed: 14, margin: 0.4 };
    let stored: StoredState | null = null;
    for (let tick = 0; tick < 60; tick += 1) stored = stepOptimizer(stored, market.next(), options).state;
    const before = JSON.stringify(stored);
    const input = market.next();
    const first = stepOptimizer(stored, input, options);
    expect(JSON.stringify(stored)).toBe(before);
    expect(stepOptimizer(stored, input, options)).toEqual(first);
  });

  it('keeps a state of bounded size', () => {
    const market = new Market({ seed: 15 });
    const options = { seed: 15, margin: 0.4 };
    const sizes: number[] = [];
    let stored: StoredState | null = null;
    for (let tick = 0; tick < 25 * 6; tick += 1) {
      stored = stepOptimizer(stored, market.next(), options).state;
      sizes.push(stored.rows.length / Math.max(1, stored.ads.length));
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60 + 1);
  });
});
