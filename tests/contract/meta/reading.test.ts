import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { readBatch } from '@/lib/platforms/meta/batch';
import { runReport } from '@/lib/platforms/meta/read/report';
import { metaReader } from '@/lib/platforms/meta/reader';
import { createdSchema, insightRowSchema } from '@/lib/platforms/meta/schemas';
import { metaApi } from '@/lib/platforms/meta/transport';
import type { AccountAccess } from '@/lib/platforms/port';
import { pointAt } from './environment';
import { graphError, json, startScripted } from './scripted-server';

let server: Awaited<ReturnType<typeof startScripted>>;
let count = 0;

beforeAll(async () => {
  server = await startScripted();
  pointAt(server.url, 2_000);
});
afterAll(() => server.stop());

/** An account of its own per test. */
function access(currency = 'EUR'): AccountAccess {
  count += 1;
  return {
    platform: 'meta',
    mode: 'SIMULATED',
    accountId: `act_${count}`,
    token: 'EAAreadingTokenReadingToken',
    currency,
  };
}

type Page = { data: unknown[]; after?: string; hasNext?: boolean };

/** Answers the pages in the order of their cursors: the first without, then one per cursor. */
function pages(list: Page[]) {
  server.answerWith((request, response) => {
    const after = new URL(request.url, server.url).searchParams.get('after');
    const page = after === null ? list[0] : list[list.findIndex((one) => one.after === after) + 1];
    send(response, page ?? { data: [] });
  });
}

function send(response: ServerResponse, page: Page): void {
  const { data, after, hasNext = after !== undefined } = page;
  json(response, 200, {
    data,
    ...(after === undefined
      ? {}
      : { paging: { cursors: { after }, ...(hasNext ? { next: `${server.url}/v26.0/x?after=${after}` } : {}) } }),
  });
}

const campaign = (id: string, name: string) => ({ id, name, status: 'PAUSED', effective_status: 'PAUSED' });
const look = (marker = 'mark-123456') => metaReader.findByMarker(access(), 'campaign', marker, null);

describe('looking for what may have been created', () => {
  test('found, on whatever page it stands, behind empty and short pages', async () => {
    pages([
      { data: [], after: 'a' },
      { data: [campaign('1', 'other mark-12345')], after: 'b' },
      { data: [campaign('2', 'Cakes [mark-123456]')] },
    ]);
    expect(await look()).toMatchObject({
      kind: 'found',
      object: { remoteId: '2', level: 'campaign', status: 'PAUSED' },
    });
    expect(new URL(server.seen[0]?.url ?? '', server.url).searchParams.get('filtering')).toBe(
      '[{"field":"name","operator":"CONTAIN","value":"mark-123456"}]',
    );
  });

  test('absent only when the last page was read', async () => {
    pages([{ data: [campaign('1', 'other')], after: 'a' }, { data: [] }]);
    expect(await look()).toEqual({ kind: 'absent' });
  });

  test('several are several', async () => {
    pages([{ data: [campaign('1', 'mark-123456'), campaign('2', 'x mark-123456')] }]);
    expect(await look()).toMatchObject({ kind: 'several', objects: [{ remoteId: '1' }, { remoteId: '2' }] });
  });

  test('the same one twice on moving pages is one', async () => {
    pages([{ data: [campaign('1', 'mark-123456')], after: 'a' }, { data: [campaign('1', 'mark-123456')] }]);
    expect(await look()).toMatchObject({ kind: 'found' });
  });

  test.each([
    ['a cursor that goes round in circles', (response: ServerResponse) => send(response, { data: [], after: 'same' })],
    [
      'a next page without a cursor',
      (response: ServerResponse) => json(response, 200, { data: [], paging: { next: 'http://x/?after=1' } }),
    ],
    ['HTML', (response: ServerResponse) => void response.writeHead(502).end('<html>')],
    ['throttling', (response: ServerResponse) => graphError(response, 400, { code: 80004 })],
    ['a refused filter', (response: ServerResponse) => graphError(response, 400, { code: 100 })],
    [
      'ids of the wrong type',
      (response: ServerResponse) => json(response, 200, { data: [{ id: 1.5e20, name: 'mark-123456' }] }),
    ],
  ])('%s proves nothing', async (_name, script) => {
    server.answerWith((_request, response) => script(response));
    expect((await look()).kind).toBe('inconclusive');
  });

  test('the same marker under another parent proves nothing', async () => {
    pages([{ data: [{ id: '5', name: 'mark-123456', campaign_id: '77' }] }]);
    expect((await metaReader.findByMarker(access(), 'adset', 'mark-123456', '99')).kind).toBe('inconclusive');
  });

  test('a dead login is thrown: looking again is no remedy', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 190, error_subcode: 463 }));
    await expect(look()).rejects.toMatchObject({ code: 'platform_reauthorise' });
  });

  test('a marker that could stand in any name is not looked for', async () => {
    expect((await look('x')).kind).toBe('inconclusive');
  });
});

describe('reading an object', () => {
  test('what does not exist is null, what cannot be told is an error', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 100, error_subcode: 33 }));
    expect(await metaReader.read(access(), 'ad', '1')).toBeNull();
    server.answerWith((_request, response) => graphError(response, 400, { code: 100 }));
    await expect(metaReader.read(access(), 'ad', '1')).rejects.toMatchObject({ code: 'platform_fix_input' });
  });

  test("review feedback is Meta's sentences, each once, with issues", async () => {
    server.answerWith((_request, response) =>
      json(response, 200, {
        id: '1',
        name: 'a',
        adset_id: '2',
        effective_status: 'DISAPPROVED',
        configured_status: 'ACTIVE',
        creative: { id: '9' },
        ad_review_feedback: {
          global: { HEALTH: 'No before and after.' },
          placement_specific: { instagram: { HEALTH: 'No before and after.', TEXT: 'Too much text.' } },
        },
        issues_info: [{ level: 'AD', error_message: 'Payment is missing.', error_type: 'HARD_ERROR' }],
      }),
    );
    expect(await metaReader.read(access(), 'ad', '1')).toMatchObject({
      status: 'ACTIVE',
      effectiveStatus: 'DISAPPROVED',
      creativeId: '9',
      parentRemoteId: '2',
      reviewFeedback: ['No before and after.', 'Too much text.', 'Payment is missing.'],
    });
  });

  test('a budget is money by Meta\'s table; the one that is not set reads "0" and is none', async () => {
    server.answerWith((_request, response) =>
      json(response, 200, { id: '1', name: 'a', campaign_id: '2', daily_budget: '2500', lifetime_budget: '0' }),
    );
    expect((await metaReader.read(access('HUF'), 'adset', '1'))?.dailyBudget).toEqual({
      minor: 250_000n,
      currency: 'HUF',
    });
    expect((await metaReader.read(access('EUR'), 'adset', '1'))?.dailyBudget).toEqual({
      minor: 2_500n,
      currency: 'EUR',
    });
    server.answerWith((_request, response) =>
      json(response, 200, { id: '1', name: 'a', campaign_id: '2', daily_budget: '0' }),
    );
    expect((await metaReader.read(access(), 'adset', '1'))?.dailyBudget).toBeNull();
  });
});

const row = (extra: object) => ({
  campaign_id: '7',
  adset_id: '8',
  ad_id: '9',
  date_start: '2026-11-01',
  date_stop: '2026-11-01',
  spend: '8.96',
  impressions: '1830',
  ...extra,
});
const list = (counts: Record<string, string>) =>
  Object.entries(counts).map(([action_type, value]) => ({ action_type, value }));

/** One row of numbers, and the ad sets that say what was counted. */
function numbers(rows: object[], adSets: object[]) {
  server.answerWith((request, response) =>
    json(response, 200, { data: request.url.includes('/insights') ? rows : adSets }),
  );
}

describe('numbers', () => {
  const query = { level: 'ad', since: '2026-11-01', until: '2026-11-02', goal: 'LEADS' } as const;
  const pixelLeads = {
    id: '8',
    campaign_id: '7',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    promoted_object: { pixel_id: '1', custom_event_type: 'LEAD' },
  };

  test('overlapping action types are one result, never a sum', async () => {
    numbers(
      [
        row({
          reach: '1610',
          inline_link_clicks: '29',
          actions: list({
            link_click: '31',
            landing_page_view: '22',
            lead: '3',
            'offsite_conversion.fb_pixel_lead': '3',
          }),
        }),
      ],
      [pixelLeads],
    );
    const {
      rows: [found],
    } = await metaReader.insights(access(), query);
    expect(found).toEqual({
      level: 'ad',
      entityId: '9',
      parentId: '8',
      day: '2026-11-01',
      currency: 'EUR',
      attribution: 'default',
      spendMinor: 896n,
      impressions: 1830,
      reach: 1610,
      clicks: 29,
      landingPageViews: 22,
      results: 3,
      valueMinor: null,
      campaign: { id: '7', goal: 'LEADS', countsOneKind: true },
    });
  });

  test('nothing reported is none where results are counted, and unknown where nobody counts', async () => {
    numbers([row({})], [pixelLeads]);
    expect((await metaReader.insights(access(), query)).rows[0]).toMatchObject({
      results: 0,
      reach: null,
      landingPageViews: null,
      clicks: 0,
    });
    numbers(
      [row({ actions: list({ lead: '4' }) })],
      [{ id: '8', campaign_id: '7', optimization_goal: 'LANDING_PAGE_VIEWS' }],
    );
    expect((await metaReader.insights(access(), query)).rows[0]?.results).toBeNull();
  });

  test('purchases carry their value in minor units; no purchase is a value of nothing, an unreported value is unknown', async () => {
    const sales = { ...pixelLeads, promoted_object: { pixel_id: '1', custom_event_type: 'PURCHASE' } };
    numbers(
      [
        row({
          actions: list({ purchase: '2', omni_purchase: '2' }),
          action_values: list({ omni_purchase: '81.409999' }),
        }),
        row({ date_start: '2026-11-02', date_stop: '2026-11-02' }),
        row({ date_start: '2026-11-03', date_stop: '2026-11-03', actions: list({ purchase: '1' }) }),
      ],
      [sales],
    );
    const { rows } = await metaReader.insights(access(), { ...query, goal: 'SALES' });
    expect(rows.map(({ results, valueMinor }) => [results, valueMinor])).toEqual([
      [2, 8_141n],
      [0, 0n],
      [1, null],
    ]);
  });

  test('a campaign whose ad sets count different things counts none', async () => {
    numbers(
      [row({ actions: list({ lead: '4' }) })],
      [pixelLeads, { id: '10', campaign_id: '7', optimization_goal: 'CONVERSATIONS' }],
    );
    expect((await metaReader.insights(access(), { ...query, level: 'campaign' })).rows[0]?.results).toBeNull();
  });

  test("an ad set that is gone: what the goal usually counts, where it's there", async () => {
    numbers(
      [
        row({ actions: list({ 'onsite_conversion.lead_grouped': '4' }) }),
        row({ date_start: '2026-11-02', date_stop: '2026-11-02' }),
      ],
      [],
    );
    expect((await metaReader.insights(access(), query)).rows.map((one) => one.results)).toEqual([4, null]);
  });

  test("archived and deleted ads are asked for too, in the account's days, one row a day", async () => {
    numbers([], []);
    await metaReader.insights(access(), query);
    const params = new URL(server.seen[0]?.url ?? '', server.url).searchParams;
    expect(params.get('filtering')).toContain('DELETED');
    expect(params.get('time_increment')).toBe('1');
    expect(params.get('time_range')).toBe('{"since":"2026-11-01","until":"2026-11-02"}');
    expect(server.seen).toHaveLength(1);
  });

  test('too much data is asked for in halves', async () => {
    server.answerWith((request, response) => {
      if (!request.url.includes('/insights')) return json(response, 200, { data: [pixelLeads] });
      const { since, until } = JSON.parse(new URL(request.url, server.url).searchParams.get('time_range') ?? '{}') as {
        since: string;
        until: string;
      };
      if (since !== until) return graphError(response, 400, { code: 100, error_subcode: 1487534 });
      json(response, 200, { data: [row({ date_start: since, date_stop: since })] });
    });
    const { rows } = await metaReader.insights(access(), { ...query, until: '2026-11-04' });
    expect(rows.map((one) => one.day)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']);
  });

  test('reach of a window is asked for as such; without delivery it is null', async () => {
    server.answerWith((_request, response) =>
      json(response, 200, {
        data: [{ reach: '900', impressions: '1200', date_start: '2026-11-01', date_stop: '2026-11-07' }],
      }),
    );
    const window = { campaignRemoteId: '7', since: '2026-11-01', until: '2026-11-07' };
    expect(await metaReader.windowReach(access(), window)).toEqual({
      entityId: '7',
      since: '2026-11-01',
      until: '2026-11-07',
      reach: 900,
      impressions: 1200,
    });
    server.answerWith((_request, response) => json(response, 200, { data: [] }));
    expect(await metaReader.windowReach(access(), window)).toBeNull();
  });
});

describe('reports in the background', () => {
  const quick = { pollMs: 1, deadlineMs: 500 };
  const report = (account: AccountAccess) =>
    runReport(account, account.accountId, { level: 'ad' }, insightRowSchema, (found) => found.ad_id ?? '', quick);

  test('are waited for until they are complete, also while not yet readable', async () => {
    const states = [null, 'Job Started', 'Job Completed'];
    let polls = 0;
    server.answerWith((request, response) => {
      if (request.method === 'POST') return json(response, 200, { report_run_id: '602' });
      if (request.url.includes('/602/insights')) return json(response, 200, { data: [row({})] });
      const state = states[polls];
      polls += 1;
      if (state === null) return graphError(response, 400, { code: 100, error_subcode: 33 });
      json(response, 200, {
        id: '602',
        async_status: state,
        async_percent_completion: state === 'Job Completed' ? 100 : 40,
      });
    });
    expect(await report(access())).toHaveLength(1);
    expect(polls).toBe(3);
  });

  test.each(['Job Failed', 'Job Skipped', 'Job Running'])(
    '%s ends in an error, never in an endless wait',
    async (state) => {
      server.answerWith((request, response) => {
        if (request.method === 'POST') return json(response, 200, { report_run_id: '602' });
        json(response, 200, { id: '602', async_status: state, async_percent_completion: 99 });
      });
      await expect(report(access())).rejects.toBeInstanceOf(AppError);
    },
  );
});

describe('many reads in one request', () => {
  test('fifty at a time, in order, one failure spoiling no other', async () => {
    server.answerWith((request, response) => {
      const items = JSON.parse((JSON.parse(request.body) as { batch: string }).batch) as { relative_url: string }[];
      expect(items.length).toBeLessThanOrEqual(50);
      json(
        response,
        200,
        items.map(({ relative_url: url }) => {
          const id = url.split('?')[0] ?? '';
          if (id === '3') return null;
          if (id === '4')
            return { code: 400, body: JSON.stringify({ error: { code: 100, error_subcode: 33, message: 'gone' } }) };
          return { code: 200, body: JSON.stringify({ id }) };
        }),
      );
    });
    const reads = Array.from({ length: 120 }, (_, index) => ({ path: [String(index)], params: { fields: 'id' } }));
    const answers = await readBatch(metaApi(access()), reads, createdSchema);
    expect(server.seen).toHaveLength(3);
    expect(answers.map((answer) => (answer.ok ? answer.body.id : 'failed'))).toEqual(
      reads.map((_, index) => (index === 3 || index === 4 ? 'failed' : String(index))),
    );
  });
});
