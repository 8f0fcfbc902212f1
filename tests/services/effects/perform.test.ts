import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import type { Lookup, RemoteSeen } from '@/lib/platforms/port';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import type { ServiceContext } from '@/lib/services/context';
import { openEffect } from '@/lib/services/effects/ledger';
import { markerOf, nameWithMarker } from '@/lib/services/effects/marker';
import { type EffectCalls, performEffect } from '@/lib/services/effects/perform';
import { buildOwner } from '../../factories';

afterAll(() => closeDatabase());
let ctx: ServiceContext;
beforeAll(async () => {
  ctx = (await buildOwner()).ctx;
});
let counter = 0;
const newKey = () => `effect-test:${process.pid}:${counter++}`;
const seen = (name: string, remoteId: string): RemoteSeen => ({
  remoteId,
  level: 'campaign',
  name,
  parentRemoteId: null,
  status: 'PAUSED',
  effectiveStatus: 'PAUSED',
  dailyBudget: null,
  creativeId: null,
  reviewFeedback: [],
  fields: {},
});
const intentOf = (key: string, more: { fence?: number | null; request?: object } = {}) => ({
  key,
  accountId: 'act_1',
  kind: 'create_campaign',
  request: more.request ?? { name: 'Cakes' },
  fence: more.fence === undefined ? null : more.fence,
});

/** What may happen to one call, and to one look. */
type Fate = 'answered' | 'lost before' | 'lost after' | 'busy' | 'refused';
type Sight = 'clear' | 'blurred';

/** A platform that does not know what happened to its answers. */
function unreliable(fates: Fate[], sights: Sight[]) {
  const objects: RemoteSeen[] = [];
  const calls: EffectCalls = {
    async lookUp(marker): Promise<Lookup> {
      if (sights.shift() === 'blurred') return { kind: 'inconclusive', reason: 'cut off' };
      const found = objects.filter((object) => object.name.includes(marker));
      if (found.length > 1) return { kind: 'several', objects: found };
      return found[0] ? { kind: 'found', object: found[0] } : { kind: 'absent' };
    },
    mayAdopt: (object) => object.status === 'PAUSED',
    async send(marker) {
      const fate = fates.shift() ?? 'answered';
      if (fate === 'busy') throw new AppError('platform_retry_later');
      if (fate === 'refused') throw new AppError('platform_fix_input');
      if (fate === 'lost before') throw new AppError('platform_unknown_outcome');
      const made = seen(nameWithMarker('Cakes', marker), `c${objects.length + 1}`);
      objects.push(made);
      if (fate === 'lost after') throw new Error('socket hang up');
      return { remoteId: made.remoteId };
    },
  };
  return { objects, calls };
}

describe('a write', () => {
  it('makes its object at most once whatever happens to calls and looks, and exactly once when it ends done', async () => {
    const fates = fc.array(fc.constantFrom<Fate>('answered', 'lost before', 'lost after', 'busy', 'refused'), {
      maxLength: 5,
    });
    const sights = fc.array(fc.constantFrom<Sight>('clear', 'blurred'), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fates, sights, async (calls, looks) => {
        const platform = unreliable([...calls], [...looks]);
        const intent = intentOf(newKey());
        let remoteId: string | null = null;
        for (let attempt = 0; attempt < 14 && remoteId === null; attempt += 1) {
          const result = await performEffect(ctx, { intent, calls: platform.calls, settleMs: 0 }).catch(
            (error: AppError) => error.code,
          );
          expect(platform.objects.length).toBeLessThanOrEqual(1);
          if (typeof result === 'object' && result.kind === 'done') remoteId = result.remoteId;
          if (typeof result === 'object' && result.kind === 'needs_review') return;
        }
        expect(platform.objects.map((object) => object.remoteId)).toEqual([remoteId]);
        expect(await performEffect(ctx, { intent, calls: platform.calls, settleMs: 0 })).toEqual({
          kind: 'done',
          remoteId,
        });
        expect(platform.objects).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('whose answer was lost is not looked for before the platform had its time', async () => {
    const platform = unreliable(['lost after'], []);
    const intent = intentOf(newKey());
    expect(await performEffect(ctx, { intent, calls: platform.calls, settleMs: 60_000 })).toEqual({
      kind: 'wait',
      seconds: 60,
    });
    const blind: EffectCalls = { ...platform.calls, lookUp: () => Promise.reject(new Error('asked too early')) };
    expect(await performEffect(ctx, { intent, calls: blind, settleMs: 60_000 })).toMatchObject({ kind: 'wait' });
  });

  it('is never sent on an inconclusive look, and asks a person in the end', async () => {
    const platform = unreliable(
      ['lost after'],
      Array.from({ length: 40 }, () => 'blurred'),
    );
    const intent = intentOf(newKey());
    const kinds: string[] = [];
    for (let attempt = 0; attempt < 14; attempt += 1)
      kinds.push((await performEffect(ctx, { intent, calls: platform.calls, settleMs: 0 })).kind);
    expect(kinds.at(-1)).toBe('needs_review');
    expect(platform.objects).toHaveLength(1);
  });

  it('does not adopt what somebody else switched on, nor one of two copies', async () => {
    for (const spoil of ['on', 'twice'] as const) {
      const platform = unreliable(['lost after'], []);
      const intent = intentOf(newKey());
      await performEffect(ctx, { intent, calls: platform.calls, settleMs: 0 });
      const [made] = platform.objects;
      if (!made) throw new Error('nothing was made');
      if (spoil === 'on') made.status = 'ACTIVE';
      else platform.objects.push({ ...made, remoteId: 'c2' });
      expect(await performEffect(ctx, { intent, calls: platform.calls, settleMs: 0 })).toMatchObject({
        kind: 'needs_review',
      });
    }
  });

  it('of an older attempt does not leave once a newer one holds the work', async () => {
    const key = newKey();
    await openEffect(ctx, intentOf(key, { fence: 7 }));
    const platform = unreliable([], []);
    await expect(
      performEffect(ctx, { intent: intentOf(key, { fence: 6 }), calls: platform.calls, settleMs: 0 }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(platform.objects).toEqual([]);
  });

  it('that was frozen while a newer attempt took over does not leave when it wakes', async () => {
    const key = newKey();
    await performEffect(ctx, {
      intent: intentOf(key, { fence: 1 }),
      calls: unreliable(['lost before'], []).calls,
      settleMs: 0,
    });
    const platform = unreliable([], []);
    const slow: EffectCalls = {
      ...platform.calls,
      async lookUp() {
        await openEffect(ctx, intentOf(key, { fence: 2 }));
        return { kind: 'absent' };
      },
    };
    await expect(
      performEffect(ctx, { intent: intentOf(key, { fence: 1 }), calls: slow, settleMs: 0 }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(platform.objects).toEqual([]);
  });

  it('with the same key but another request is refused', async () => {
    const key = newKey();
    await openEffect(ctx, intentOf(key));
    await expect(openEffect(ctx, intentOf(key, { request: { name: 'Other' } }))).rejects.toMatchObject({
      code: 'approval_hash_mismatch',
    });
  });

  it('cannot begin inside a transaction', async () => {
    const platform = unreliable([], []);
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await expect(
        performEffect({ ...ctx, tx }, { intent: intentOf(newKey()), calls: platform.calls, settleMs: 0 }),
      ).rejects.toThrow('no transaction');
    });
  });
});

describe('marks', () => {
  it('are short, of letters and digits, and the same for the same meaning only', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 50 }), (keys) => {
        const marks = keys.map(markerOf);
        expect(new Set(marks).size).toBe(keys.length);
        for (const mark of marks) expect(mark).toMatch(/^ag[a-z2-7]{10}$/);
        expect(keys.map(markerOf)).toEqual(marks);
      }),
    );
  });
});
