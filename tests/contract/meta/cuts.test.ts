import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { addDays, dayIn } from '@/lib/domain/time';
import { insightCuts } from '@/lib/platforms/meta/read/breakdowns';
import { reportState, runReport, submitReport, unfinishedRun } from '@/lib/platforms/meta/read/report';
import { metaReader } from '@/lib/platforms/meta/reader';
import { insightRowSchema } from '@/lib/platforms/meta/schemas';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import type { Breakdown } from '@/lib/platforms/port';
import { pointAt } from './environment';
import { openShop, type Shop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
let shop: Shop;
let window: { since: string; until: string };
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 15_000);
  shop = await openShop('shop-history');
  const today = dayIn('Europe/Lisbon', new Date());
  window = { since: addDays(today, -9), until: addDays(today, -3) };
}, 60_000);
beforeEach(() => plugPace(memoryPace()));
afterEach(() => simulator.admin('DELETE', 'faults'));
afterAll(() => simulator?.stop());

const total = (rows: readonly { spendMinor: bigint }[]) => rows.reduce((sum, row) => sum + row.spendMinor, 0n);
const plain = async () =>
  (await metaReader.insights(shop.access, { level: 'campaign', ...window, goal: 'SALES' })).rows;

describe('numbers cut by something', () => {
  test.each<[Breakdown, RegExp[]]>([
    ['age', [/^(\d\d-\d\d|65\+|Unknown)$/]],
    ['gender', [/^(male|female|unknown)$/]],
    ['age_and_gender', [/^(\d\d-\d\d|65\+|Unknown)$/, /^(male|female|unknown)$/]],
    ['country', [/^[A-Z]{2}$/]],
    ['region', [/./]],
    ['platform', [/^(facebook|instagram|audience_network|messenger|threads)$/]],
    ['placement', [/^(facebook|instagram|audience_network|messenger|threads)$/, /./]],
    ['device', [/^(mobile_app|mobile_web|desktop|unknown)$/]],
    ['hour', [/^\d\d:00:00 - \d\d:59:59$/]],
  ])('%s: every cell is named, and the cells add up to the whole', async (by, shapes) => {
    const rows = await metaReader.insightCuts(shop.access, { level: 'campaign', ...window, goal: 'SALES', by });
    expect(rows.length).toBeGreaterThanOrEqual(by === 'country' ? 1 : 2);
    for (const { cells } of rows) {
      expect(cells).toHaveLength(shapes.length);
      for (const [at, cell] of cells.entries()) expect(cell).toMatch(shapes[at] as RegExp);
    }
    const whole = total(await plain());
    const gap = total(rows) - whole;
    // Each cell is rounded to the cent by itself.
    expect(gap < 0n ? -gap : gap).toBeLessThanOrEqual(BigInt(rows.length));
    if (by === 'hour') expect(rows.every((row) => row.reach === null)).toBe(true);
    // What happens on the owner's site is not told by hour or region: unknown, never none.
    if (by === 'hour' || by === 'region') expect(rows.every((row) => row.results === null)).toBe(true);
  });

  test('with windows, each result says after how long it came; one day each when asked', async () => {
    const windows = ['1d_click', '7d_click', '1d_view'] as const;
    const rows = await metaReader.insightCuts(shop.access, {
      level: 'campaign',
      ...window,
      goal: 'SALES',
      by: 'gender',
      perDay: true,
      windows,
    });
    expect(new Set(rows.map((row) => row.since)).size).toBeGreaterThan(1);
    for (const row of rows) expect(row.since).toBe(row.until);
    const counted = rows.filter((row) => (row.results ?? 0) > 0);
    expect(counted.length).toBeGreaterThan(0);
    for (const { resultsByWindow, results } of counted) {
      expect(Object.keys(resultsByWindow).sort()).toEqual([...windows].sort());
      expect(resultsByWindow['1d_click'] ?? 0).toBeLessThanOrEqual(resultsByWindow['7d_click'] ?? 0);
      expect((resultsByWindow['7d_click'] ?? 0) + (resultsByWindow['1d_view'] ?? 0)).toBeGreaterThanOrEqual(
        results ?? 0,
      );
    }
  });

  test('an empty window is no row, and no call', async () => {
    const query = { level: 'campaign', since: window.until, until: window.since, goal: 'SALES', by: 'age' } as const;
    expect(await metaReader.insightCuts(shop.access, query)).toEqual([]);
  });

  test('what is too much for an answer is made in the background, with the same sums', async () => {
    await simulator.admin('POST', 'faults', {
      kind: 'error',
      times: 1,
      match: { method: 'GET', path: `${shop.access.accountId}/insights` },
      params: { code: 100, subcode: 1487534 },
    });
    const query = { level: 'campaign', ...window, goal: 'SALES', by: 'age' } as const;
    const slowly = await insightCuts(shop.access, query, { pollMs: 200, deadlineMs: 20_000 });
    expect(total(slowly)).toBe(total(await metaReader.insightCuts(shop.access, query)));
  });
});

describe('a report made in the background', () => {
  const params = () => ({ level: 'ad', fields: 'ad_id,spend', time_increment: 1, time_range: window });
  const keyOf = (row: { ad_id?: string | undefined; date_start: string }) => `${row.ad_id} ${row.date_start}`;
  const take = (wait: object) =>
    runReport(shop.access, shop.access.accountId, params(), insightRowSchema, keyOf, { pollMs: 200, ...wait });

  test('is ordered, looked at and read in three steps', async () => {
    const runId = await submitReport(shop.access, shop.access.accountId, params());
    const states: string[] = [];
    for (let looks = 0; looks < 100; looks += 1) {
      const state = await reportState(shop.access, runId);
      states.push(state.kind);
      if (state.kind === 'ready') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(states.at(-1)).toBe('ready');
  });

  test('that is not ready in time leaves its run behind, and whoever comes next takes it up instead of ordering anew', async () => {
    const error = await take({ deadlineMs: -1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'platform_retry_later' });
    const runId = unfinishedRun(error);
    expect(runId).toMatch(/^\d+$/);
    const ordered = async () => {
      const { requests } = (await simulator.admin('GET', `requests?world=${shop.world.worldId}&method=POST`)) as {
        requests: { path: string }[];
      };
      return requests.filter((request) => request.path.endsWith('/insights')).length;
    };
    const before = await ordered();
    const rows = await take({ runId, deadlineMs: 20_000 });
    expect(await ordered()).toBe(before);
    expect(total(rows.map((row) => ({ spendMinor: BigInt(Math.round(Number(row.spend) * 100)) })))).toBe(
      total((await metaReader.insights(shop.access, { level: 'ad', ...window, goal: 'SALES' })).rows),
    );
  });

  const spoil = (kind: string, params: object = {}) =>
    simulator.admin('POST', 'faults', { kind, params, match: { method: 'POST', path: '/insights' } });

  test('that Meta gave up as too old is ordered once more and then read', async () => {
    await spoil('report_expired');
    expect((await take({ deadlineMs: 20_000 })).length).toBeGreaterThan(0);
  });

  test('that stands still leaves its run behind at the deadline, and is read once it moves', async () => {
    await spoil('report_stalled', { percent: 37, ms: 2_000 });
    const error = await take({ deadlineMs: 300 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'platform_retry_later' });
    const runId = unfinishedRun(error) ?? '';
    expect(await reportState(shop.access, runId)).toEqual({ kind: 'running', percent: 37 });
    expect((await take({ runId, deadlineMs: 20_000 })).length).toBeGreaterThan(0);
  });

  test.each([
    [{}, 'platform_fix_input', 'too_much_data'],
    [{ code: -1, subcode: 99, message: 'It broke' }, 'platform_retry_later', 'unreadable_answer'],
  ])('that failed with %j is %s', async (params, code, reason) => {
    await spoil('report_failed', params);
    const error = await take({ deadlineMs: 20_000 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, details: { reason } });
  });

  test('whose run nobody knows ends at the deadline in a typed error', async () => {
    const error = await take({ runId: '999999999999', deadlineMs: 300 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'platform_retry_later' });
  });

  test.each(['html_502', 'cut_json', 'malformed'])('%s on the way is asked again, and ends typed', async (kind) => {
    await simulator.admin('POST', 'faults', { kind, times: 0, match: { method: 'GET' } });
    const error = await take({ deadlineMs: 500 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'platform_retry_later', details: { reason: 'unreadable_answer' } });
  });
});
