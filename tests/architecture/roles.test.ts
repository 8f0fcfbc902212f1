import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinLimit, may, ROLE_MATRIX, ROLES, roleNamed, rolesTable, VERBS } from '@/lib/domain/roles';

const root = path.resolve(import.meta.dirname, '../..');
const HEAD = `# Who may do what

Printed from \`lib/domain/roles.ts\` (a test compares the two). "Up to the limit": what one press adds to the daily spend must
stay within the person's own limit of money. "Without a person": parts of the program that may do it with nobody pressing.
`;

describe('the matrix of roles', () => {
  it('is what docs/roles.md prints (write it anew with vitest -u)', async () => {
    await expect(`${HEAD}\n${rolesTable()}\n`).toMatchFileSnapshot(path.join(root, 'docs/roles.md'));
  });

  it('gives the owner everything, the analyst nothing that changes a shop, and stops to everyone who can act', () => {
    for (const verb of VERBS) expect([verb, may('owner', verb)]).toEqual([verb, true]);
    expect(VERBS.filter((verb) => may('analyst', verb))).toEqual(['workspace.read', 'notification.read']);
    for (const role of ROLES) expect(may(role, 'ads.stop')).toBe(may(role, 'approval.approve'));
  });

  it('lets no agent approve, confirm, connect, undo, release or manage people', () => {
    for (const verb of VERBS) {
      const byAgent = ROLE_MATRIX[verb].alsoBy.some((actor) => actor === 'agent');
      if (byAgent) expect(['workspace.read', 'turn.stop', 'file.upload']).toContain(verb);
    }
  });

  it('takes a word nobody knows for the right to read', () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        if (word !== 'admin' && !ROLES.some((role) => role === word)) expect(roleNamed(word)).toBe('analyst');
      }),
    );
  });
});

describe('a manager’s limit', () => {
  const limit = { minor: 2000n, currency: 'EUR' };
  const asks = (minor: bigint | null, currency: string | null = 'EUR', held: typeof limit | null = limit) =>
    isWithinLimit('manager', 'approval.approve', held, { minor, currency });

  it('holds at the value and one unit to each side', () => {
    expect([asks(1999n), asks(2000n), asks(2001n)]).toEqual([true, true, false]);
  });

  it('does not reach money nobody counted, another currency, or a person without one', () => {
    expect([asks(null), asks(1n, 'USD'), asks(1n, null), asks(1n, 'EUR', null)]).toEqual([false, false, false, false]);
    expect([asks(0n, null, null), asks(-5n, 'USD', null)]).toEqual([true, true]);
  });

  it('binds managers alone', () => {
    fc.assert(
      fc.property(fc.constantFrom('owner' as const, 'client' as const), fc.bigInt({ min: 0n }), (role, minor) => {
        expect(isWithinLimit(role, 'approval.approve', null, { minor, currency: 'EUR' })).toBe(true);
      }),
    );
  });
});
