import { inspect } from 'node:util';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { metaFailure } from '@/lib/platforms/meta/errors';
import { inspectToken } from '@/lib/platforms/meta/login';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import { describeError, log } from '@/lib/runtime/log';
import { FAULT_KINDS, type FaultKind } from '@/lib/simulators/meta/faults/faults';
import { pointAt } from './environment';
import { openShop, type Shop } from './plan';
import { startRecordingProxy } from './recording-proxy';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
let shop: Shop;
const logged: string[] = [];

beforeAll(async () => {
  simulator = await startSimulator();
  proxy = await startRecordingProxy(simulator.url);
  pointAt(proxy.url, 2_000);
  // Everything this process logs, as it would be written.
  log.level = 'trace';
  const stream = (log as unknown as Record<symbol, { write: (line: string) => void }>)[pino.symbols.streamSym];
  if (stream) stream.write = (line) => logged.push(line);
  shop = await openShop('shop-history');
}, 60_000);
afterAll(async () => {
  await proxy?.stop();
  await simulator?.stop();
});
beforeEach(() => plugPace(memoryPace()));
afterEach(() => simulator.admin('DELETE', 'faults'));

const SECRETS = (shop: Shop) => [shop.access.token, 'simulated-secret'];

/** One call of each kind: a list, numbers, a look for something, a write, and a login. */
const CALLS = {
  list: (shop: Shop) => metaReader.listPixels(shop.access),
  numbers: (shop: Shop) =>
    metaReader.insights(shop.access, { level: 'ad', since: '2026-01-01', until: '2027-12-31', goal: 'SALES' }),
  object: (shop: Shop) => metaReader.accountSpend(shop.access),
  write: (shop: Shop) =>
    metaWriter.createCampaign(shop.access, { name: 'x', goal: 'SALES', specialAdCategories: [], spendCap: null }),
  login: (shop: Shop) => inspectToken({ mode: 'SIMULATED', token: shop.access.token }),
} as const;
type Call = keyof typeof CALLS;
const READS: Call[] = ['list', 'numbers', 'object', 'login'];

/** "fine", or the remedy and the reason of the error. */
type Outcome = string;
const FINE = 'fine';
const later = (reason: string) => `platform_retry_later ${reason}`;
const unknown = (reason: string) => `platform_unknown_outcome ${reason}`;

type Row = {
  kind: FaultKind;
  params?: object;
  read: Outcome | Partial<Record<Call, Outcome | Outcome[]>>;
  write: Outcome | Outcome[];
};
const error = (code: number, subcode: number | undefined, read: Outcome, write = read): Row => ({
  kind: 'error',
  params: { code, ...(subcode === undefined ? {} : { subcode }) },
  read,
  write,
});
const dead = (subcode: number, reason: string): Row => ({
  kind: 'expired_token',
  params: { subcode },
  read: `platform_reauthorise ${reason}`,
  write: `platform_reauthorise ${reason}`,
});
const throttle = (code: number): Row => ({
  kind: 'throttle',
  params: { code },
  read: later('throttled'),
  write: later('throttled'),
});
/** What cannot hold a list's or a number's shape is refused; what still reads as the right thing is the right thing. */
/** A cursor that comes back, or one the platform does not know: either way the list is not believed. */
const looped = [later('unreadable_answer'), later('cursor_lost')];
const readable = [FINE, later('unreadable_answer')];

const TABLE: Row[] = [
  { kind: 'latency', params: { ms: 5_000 }, read: later('timeout'), write: unknown('timeout') },
  { kind: 'drop_before', read: later('network'), write: unknown('network') },
  { kind: 'drop_after', read: later('network'), write: unknown('network') },
  { kind: 'http_500', read: later('transient'), write: unknown('transient') },
  { kind: 'http_503', read: later('transient'), write: unknown('transient') },
  { kind: 'html_502', read: later('unreadable_answer'), write: unknown('unreadable_answer') },
  { kind: 'malformed', read: later('unreadable_answer'), write: unknown('unreadable_answer') },
  { kind: 'cut_json', read: later('unreadable_answer'), write: unknown('unreadable_answer') },
  ...[4, 17, 32, 613, 80_000, 80_004].map(throttle),
  dead(463, 'token_expired'),
  dead(460, 'password_changed'),
  dead(458, 'app_removed'),
  dead(459, 'login_checkpoint'),
  dead(464, 'login_checkpoint'),
  dead(467, 'token_invalid'),
  dead(492, 'page_role_lost'),
  error(100, undefined, 'platform_fix_input invalid'),
  error(100, 1885272, 'platform_fix_input invalid'),
  error(200, undefined, 'platform_not_permitted permission_missing'),
  error(10, undefined, 'platform_not_permitted app_not_permitted'),
  error(368, undefined, later('blocked_for_abuse')),
  error(613, 4841018, later('edited_too_soon')),
  error(613, 1487632, later('too_many_budget_edits')),
  error(2635, undefined, 'platform_fix_input version_ended'),
  error(1, 99, later('transient'), unknown('transient')),
  {
    kind: 'wrong_types',
    read: { list: readable, numbers: readable, object: readable, login: readable },
    write: [unknown('unreadable_answer')],
  },
  {
    kind: 'cursor_loop',
    read: { list: looped, numbers: looped, object: FINE, login: FINE },
    write: FINE,
  },
  { kind: 'empty_page', read: { list: readable, numbers: readable, object: FINE, login: readable }, write: FINE },
  { kind: 'duplicate_rows', read: FINE, write: FINE },
  { kind: 'reordered_rows', read: FINE, write: FINE },
  { kind: 'lookup_lag', params: { ms: 100 }, read: FINE, write: FINE },
  { kind: 'silent_change', params: { field: 'name', value: 'changed' }, read: FINE, write: FINE },
];

test('the table names every fault the simulator offers', () => {
  expect(new Set(TABLE.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
});

function allowed(row: Row, call: Call): Outcome[] {
  const outcome = call === 'write' ? row.write : typeof row.read === 'string' ? row.read : (row.read[call] ?? FINE);
  return typeof outcome === 'string' ? [outcome] : outcome;
}

async function outcomeOf(call: Promise<unknown>): Promise<{ said: Outcome; error: unknown }> {
  try {
    await call;
    return { said: FINE, error: null };
  } catch (thrown) {
    const failure = metaFailure(thrown);
    if (!(thrown instanceof AppError) || !failure) throw thrown;
    return { said: `${thrown.code} ${failure.reason}`, error: thrown };
  }
}

describe('every fault is a typed error with its remedy, and no token is anywhere', () => {
  test.each(TABLE.map((row) => [`${row.kind} ${JSON.stringify(row.params ?? {})}`, row] as const))(
    '%s',
    async (_name, row) => {
      for (const call of [...READS, 'write'] as const) {
        plugPace(memoryPace());
        const before = proxy.asked().length;
        // Whatever answers, it repeats the token: an echo must not come through either.
        const params = { ...row.params, message: `token ${shop.access.token} secret simulated-secret` };
        const match = call === 'write' ? { method: 'POST', path: '/campaigns' } : {};
        await simulator.admin('POST', 'faults', { kind: row.kind, times: 0, match, params });
        const { said, error } = await outcomeOf(CALLS[call](shop));
        await simulator.admin('DELETE', 'faults');
        expect(allowed(row, call), call).toContain(said);
        const failure = metaFailure(error);
        if (said.startsWith('platform_retry_later')) expect(failure?.retryAfterMs).toBeGreaterThan(0);
        else expect(failure?.retryAfterMs ?? null).toBeNull();
        log.error({ err: error }, `asked ${shop.access.token.slice(0, 3)}`);
        const asked = proxy.asked().slice(before);
        expect(asked.length).toBeGreaterThan(0);
        // A write goes out once, whatever came back.
        if (call === 'write') expect(asked.filter((line) => line.includes('/campaigns'))).toHaveLength(1);
        const everywhere = [
          inspect(error, { depth: 12 }),
          JSON.stringify(describeError(error)),
          JSON.stringify(error ?? null),
          ...asked,
          ...logged.splice(0),
        ].join('\n');
        for (const secret of SECRETS(shop)) expect(everywhere).not.toContain(secret);
      }
    },
    60_000,
  );
});

describe('while an account is throttled', () => {
  test.each([4, 17, 613, 80_004])('code %i: its reads wait, its ads can be paused, others go on', async (code) => {
    const [slow, other] = [await openShop('shop-history', 1), await openShop('shop-history', 2)];
    const { remoteId } = (await CALLS.write(slow)) as { remoteId: string };
    await simulator.admin('POST', 'faults', {
      kind: 'throttle',
      world: slow.world.worldId,
      times: 0,
      match: { method: 'GET' },
      params: { code },
    });
    expect((await outcomeOf(CALLS.list(slow))).said).toBe(later('throttled'));
    const before = proxy.asked().length;
    expect((await outcomeOf(CALLS.numbers(slow))).said).toBe(later('throttled'));
    expect(proxy.asked()).toHaveLength(before);
    await metaWriter.setStatus(slow.access, 'campaign', remoteId, 'PAUSED');
    // The limit of a whole app is everybody's; one account's is its own.
    expect((await outcomeOf(CALLS.list(other))).said).toBe(code === 4 ? later('throttled') : FINE);
  });
});

describe('in a batch', () => {
  test('one item refused, one cut and one in order come apart', async () => {
    const shop = await openShop();
    const { readBatch } = await import('@/lib/platforms/meta/batch');
    const { metaApi } = await import('@/lib/platforms/meta/transport');
    const { personSchema } = await import('@/lib/platforms/meta/schemas');
    const answers = await readBatch(
      metaApi(shop.access),
      [
        ...Array.from({ length: 60 }, () => ({ path: ['me'], params: { fields: 'id,name' } })),
        { path: ['999999999999999'], params: { fields: 'id' } },
        { path: ['me'], params: { fields: 'no_such_field' } },
      ],
      personSchema,
    );
    expect(answers.slice(0, 60).every((answer) => answer.ok)).toBe(true);
    const reasons = answers.slice(60).map((answer) => (answer.ok ? FINE : metaFailure(answer.error)?.reason));
    expect(reasons).toEqual(['object_missing', 'invalid']);
  });
});
