import bizSdk from 'facebook-nodejs-business-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, CAMPAIGN, DAY, launch, makeWorld, PNG, type Simulator, startSimulator, type World } from './world';

const sdk: Body = bizSdk;
let simulator: Simulator;
let world: World;
const ids: Record<string, string> = {};

const FILTERS = [
  { field: 'entity_type', operator: 'EQUAL', value: 'AD' },
  { field: 'time_preset', operator: 'EQUAL', value: 'TODAY' },
];

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
  const { campaignId, adSetId, adIds } = await launch(world);
  await world.advance(2 * DAY);
  const { account } = world;
  const make = async (edge: string, params: object) =>
    (await world.call('POST', `${account}/${edge}`, params as Body)).body;
  const ad = adIds[0] as string;
  Object.assign(ids, {
    Campaign: campaignId,
    AdSet: adSetId,
    Ad: ad,
    AdAccount: account,
    Page: world.page,
    User: 'me',
    AdsPixel: world.pixel,
  });
  ids.AdCreative = (await world.call('GET', ad, { fields: 'creative' })).body.creative.id;
  await make('adimages', { bytes: PNG });
  ids.AdImage = (await world.call('GET', `${account}/adimages`, { fields: 'id' })).body.data[0].id;
  ids.AdRule = (
    await make('adrules_library', {
      name: 'Rule',
      evaluation_spec: { evaluation_type: 'SCHEDULE', filters: FILTERS },
      execution_spec: { execution_type: 'PAUSE' },
      schedule_spec: { schedule_type: 'DAILY' },
    })
  ).id;
  ids.CustomAudience = (await make('customaudiences', { name: 'People', subtype: 'CUSTOM' })).id;
  ids.CustomConversion = (
    await make('customconversions', { name: 'Thanks', rule: '{}', event_source_id: world.pixel })
  ).id;
  ids.AdReportRun = (await make('insights', { fields: 'spend' })).report_run_id;
  ids.Business = (await world.call('GET', 'me/businesses')).body.data[0].id;
});
afterAll(() => simulator.close());

test.each([
  'Campaign',
  'AdSet',
  'Ad',
  'AdCreative',
  'AdAccount',
  'AdImage',
  'AdRule',
  'CustomAudience',
  'CustomConversion',
  'AdsPixel',
  'AdReportRun',
  'Page',
  'User',
  'Business',
])('every field the SDK names of %s can be asked for, and none that it does not', async (name) => {
  const fields: string[] = Object.values(sdk[name].Fields);
  const read = await world.call('GET', ids[name] as string, { fields: fields.join(',') });
  expect(read.body.error).toBeUndefined();
  expect(read.body.id).toBeDefined();
  const wrong = await world.call('GET', ids[name] as string, { fields: 'id,shoe_size' });
  expect(wrong.body.error).toMatchObject({
    code: 100,
    message: expect.stringContaining('nonexisting field (shoe_size)'),
  });
});

test('every breakdown, window, preset and insights field of the SDK is known, but for what v26 took away', async () => {
  const { Breakdowns, Fields, DatePreset, ActionAttributionWindows } = sdk.AdsInsights;
  const ask = async (params: object) =>
    (await world.call('GET', `${ids.Campaign}/insights`, params as Body)).body.error?.code;
  const gone = (names: string[]) =>
    names.filter((name) => !/^(marketing_messages_website_|product_group_id|product_set_id)/.test(name));
  expect(await ask({ fields: gone(Object.values(Fields)).join(',') })).toBeUndefined();
  for (const name of gone(Object.values(Breakdowns))) {
    const isAlone = !['platform_position', 'dma'].includes(name);
    expect([name, await ask({ breakdowns: name })]).toEqual([name, isAlone ? undefined : 100]);
  }
  for (const name of Object.values(DatePreset)) expect(await ask({ date_preset: name })).toBeUndefined();
  expect(await ask({ action_attribution_windows: Object.values(ActionAttributionWindows) })).toBeUndefined();
}, 120_000);

describe('golden shapes', () => {
  const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/);
  const ID = expect.stringMatching(/^\d{13,18}$/);
  const read = async (id: string, fields: string) => (await world.call('GET', id, { fields })).body;

  test('of a rule, its specs as they were given', async () => {
    expect(
      await read(
        ids.AdRule as string,
        'name,status,evaluation_spec,execution_spec,schedule_spec,created_by,created_time,account_id',
      ),
    ).toEqual({
      id: ID,
      name: 'Rule',
      status: 'ENABLED',
      evaluation_spec: { evaluation_type: 'SCHEDULE', filters: FILTERS },
      execution_spec: { execution_type: 'PAUSE' },
      schedule_spec: { schedule_type: 'DAILY' },
      created_by: { id: world.userId },
      created_time: TIME,
      account_id: world.account.replace('act_', ''),
    });
  });

  test('of a report: numbers are numbers, dates are dates', async () => {
    await world.advance(1000);
    const { body } = await world.call('GET', ids.AdReportRun as string);
    expect(body).toEqual({
      id: ID,
      account_id: world.account.replace('act_', ''),
      time_ref: expect.any(Number),
      time_completed: expect.any(Number),
      async_status: 'Job Completed',
      async_percent_completion: 100,
      date_start: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      date_stop: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      is_running: false,
      is_bookmarked: false,
    });
  });

  test('of a report that failed', async () => {
    await simulator.admin('POST', 'faults', {
      kind: 'report_failed',
      world: world.worldId,
      match: { method: 'POST', path: '/insights' },
    });
    const run = (await world.call('POST', `${world.account}/insights`, { fields: 'spend' })).body.report_run_id;
    await world.advance(1000);
    const { body } = await world.call('GET', run);
    expect(body).toMatchObject({
      async_status: 'Job Failed',
      error_code: -3,
      error_subcode: 1504045,
      error_user_title: expect.any(String),
    });
    expect((await world.call('GET', `${run}/insights`)).status).toBe(400);
  });

  test('of a report that Meta gave up as too old, and of one that stands still', async () => {
    const order = async (kind: string, params: object = {}) => {
      const match = { method: 'POST', path: '/insights' };
      await simulator.admin('POST', 'faults', { kind, world: world.worldId, match, params });
      return (await world.call('POST', `${world.account}/insights`, { fields: 'spend' })).body.report_run_id;
    };
    const expired = await order('report_expired');
    expect((await world.call('GET', expired)).body).toMatchObject({ async_status: 'Job Skipped', is_running: false });
    expect((await world.call('GET', `${expired}/insights`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });

    const stalled = await order('report_stalled', { percent: 37 });
    const late = await order('report_stalled', { percent: 12, ms: 3_600_000 });
    await world.advance(1_800_000);
    for (const [run, percent] of [
      [stalled, 37],
      [late, 12],
    ]) {
      expect((await world.call('GET', run)).body).toMatchObject({
        async_status: 'Job Running',
        async_percent_completion: percent,
        is_running: true,
        time_completed: 0,
      });
      expect((await world.call('GET', `${run}/insights`)).body.error).toMatchObject({ code: 2601, is_transient: true });
    }
    await world.advance(1_900_000);
    expect((await world.call('GET', stalled)).body.async_percent_completion).toBe(37);
    expect((await world.call('GET', late)).body.async_status).toBe('Job Completed');
    expect((await world.call('GET', `${late}/insights`)).status).toBe(200);
  });

  test('of events sent by a server: counted once, weak ones refused, read as statistics', async () => {
    const now = Math.floor(Date.parse((await simulator.admin('GET', `worlds/${world.worldId}`)).nowIso) / 1000);
    const hash = 'a'.repeat(64);
    const event = (user: object, extra: object = {}) => ({
      event_name: 'Lead',
      event_time: now,
      action_source: 'phone_call',
      user_data: user,
      ...extra,
    });
    const sendEvents = (...data: object[]) => world.call('POST', `${world.pixel}/events`, { data });
    for (const weak of [{}, { ct: hash, country: hash }, { db: hash }, { fn: hash, ge: hash }, { ln: hash, ge: hash }])
      expect((await sendEvents(event(weak))).body.error?.error_subcode).toBe(2804003);
    const once = event({ fn: hash, ln: hash, ct: hash }, { event_id: 'e1' });
    expect((await sendEvents(once, once)).body).toEqual({
      events_received: 2,
      messages: [],
      fbtrace_id: expect.stringMatching(/^A/),
    });
    const stats = (await world.call('GET', `${world.pixel}/stats`, { aggregation: 'event' })).body.data;
    expect(stats).toEqual([{ aggregation: 'event', start_time: TIME, data: [{ value: 'Lead', count: 1 }] }]);
  });

  test('of the estimate, which lost its curve with v26', async () => {
    const params = { optimization_goal: 'REACH', targeting_spec: { geo_locations: { countries: ['PT'] } } };
    const now = (await world.call('GET', `${world.account}/delivery_estimate`, params)).body.data[0];
    expect(Object.keys(now).sort()).toEqual([
      'estimate_mau_lower_bound',
      'estimate_mau_upper_bound',
      'estimate_ready',
      'targeting_optimization_types',
    ]);
    const before = (await world.call('GET', `${world.account}/delivery_estimate`, params, 'v25.0')).body.data[0];
    expect(before.daily_outcomes_curve[0]).toEqual({ spend: 0, reach: 0, impressions: 0, actions: 0 });
  });

  test('of the ads library: closed to whoever has not confirmed who they are', async () => {
    const params = { ad_reached_countries: ['PT'], search_terms: 'bread' };
    expect((await world.call('GET', 'ads_archive', params)).body.error).toMatchObject({
      code: 10,
      error_subcode: 2332002,
    });
    await simulator.admin('POST', `worlds/${world.worldId}/edit`, {
      objectId: world.userId,
      set: { identity_confirmed: true },
    });
    expect((await world.call('GET', 'ads_archive', params)).body.data[0]).toMatchObject({
      page_id: world.page,
      ad_creative_bodies: ['Fresh bread'],
    });
  });
});

describe('usage and limits', () => {
  const header = (answer: { headers: Headers }, name: string): Body => JSON.parse(answer.headers.get(name) ?? 'null');

  test('rise with each call, by use case, in the documented shapes', async () => {
    const own = await makeWorld(simulator, { rateTier: 'limited' });
    const reads: Body[] = [];
    for (let at = 0; at < 4; at++) {
      const answer = await own.call('GET', own.account, { fields: 'name' });
      reads.push(header(answer, 'x-ad-account-usage').acc_id_util_pct);
      const [business] = Object.values(header(answer, 'x-business-use-case-usage')) as Body[];
      expect(business[0]).toEqual({
        type: 'ads_management',
        call_count: expect.any(Number),
        total_cputime: expect.any(Number),
        total_time: expect.any(Number),
        estimated_time_to_regain_access: 0,
        ads_api_access_tier: 'development_access',
      });
    }
    expect(reads).toEqual([...reads].sort((one, other) => one - other));
    expect(new Set(reads).size).toBe(4);
    const insights = await own.call('GET', `${own.account}/insights`);
    expect((Object.values(header(insights, 'x-business-use-case-usage')) as Body[])[0][0].type).toBe('ads_insights');
    expect(header(insights, 'x-fb-ads-insights-throttle')).toHaveProperty('acc_id_util_pct');
    expect(header(await own.call('GET', 'me'), 'x-app-usage')).toEqual({
      call_count: 1,
      total_cputime: 1,
      total_time: 1,
    });
  });

  test('calls about people are counted by app and user: 403 with code 4 after two hundred', async () => {
    const own = await makeWorld(simulator, { rateTier: 'limited' });
    const answers = await Promise.all(Array.from({ length: 201 }, () => own.call('GET', 'me')));
    const refused = answers.filter((one) => one.status !== 200);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ status: 403, body: { error: { code: 4, is_transient: true } } });
  });

  test('the account’s spending limit changes ten times a day, and spending can be counted anew', async () => {
    const own = await makeWorld(simulator);
    for (let at = 0; at < 10; at++)
      expect((await own.call('POST', own.account, { spend_cap: 50 + at })).status).toBe(200);
    expect((await own.call('POST', own.account, { spend_cap: 70 })).body.error).toMatchObject({
      code: 17,
      error_subcode: 1885172,
    });
    const other = await makeWorld(simulator);
    await launch(other);
    await other.advance(2 * DAY);
    const spent = async () =>
      Number((await other.call('GET', other.account, { fields: 'amount_spent' })).body.amount_spent);
    expect(await spent()).toBeGreaterThan(0);
    await other.call('POST', other.account, { spend_cap_action: 'reset' });
    expect(await spent()).toBe(0);
  });

  test('a generous world shows its usage and refuses nothing', async () => {
    const own = await makeWorld(simulator);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, name: `C${at}` }),
      ),
    );
    expect(answers.every((one) => one.status === 200)).toBe(true);
  });
});
