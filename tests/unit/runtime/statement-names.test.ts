import { describe, expect, it } from 'vitest';
import { statementNames } from '@/lib/runtime/statement-names';

describe('names of statements', () => {
  it('are one per text, never shared by two, and end at the most that is kept', () => {
    const name = statementNames(2);
    const [first, second] = [name({ sql: 'SELECT 1' }), name({ sql: 'SELECT 2' })];
    expect(first).not.toBe(second);
    expect([first, second]).not.toContain('');
    expect(name({ sql: 'SELECT 1' })).toBe(first);
    expect(name({ sql: 'SELECT 3' })).toBe('');
    expect(name({ sql: 'SELECT 2' })).toBe(second);
  });
});
