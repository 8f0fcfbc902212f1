import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adSetParams,
  CAMPAIGN,
  creativeParams,
  launch,
  makeWorld,
  type Simulator,
  startSimulator,
  type World,
} from './world';

let simulator: Simulator;
let world: World;
let campaignId: string;

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
  campaignId = (await world.call('POST', `${world.account}/campaigns`, CAMPAIGN)).body.id;
});
afterAll(() => simulator.close());

const without = (params: object, ...keys: string[]) =>
  Object.fromEntries(Object.entries(params).filter(([key]) => !keys.includes(key)));

describe('campaigns', () => {
  const refusals: [string, object, object][] = [
    ['no name', without(CAMPAIGN, 'name'), { code: 100, message: '(#100) The parameter name is required' }],
    ['no objective', without(CAMPAIGN, 'objective'), { code: 100 }],
    [
      'an old objective',
      { ...CAMPAIGN, objective: 'CONVERSIONS' },
      { code: 100, message: expect.stringContaining('is invalid') },
    ],
    [
      'no special ad categories',
      without(CAMPAIGN, 'special_ad_categories'),
      { code: 100, message: '(#100) The parameter special_ad_categories is required' },
    ],
    [
      'no word on budget sharing',
      without(CAMPAIGN, 'is_adset_budget_sharing_enabled'),
      { code: 100, error_subcode: 4834011 },
    ],
    [
      'a bid strategy without a budget',
      { ...CAMPAIGN, bid_strategy: 'COST_CAP' },
      { code: 100, error_subcode: 1885737 },
    ],
    ['a budget below the minimum', { ...CAMPAIGN, daily_budget: 20 }, { code: 100, error_subcode: 1885272 }],
    [
      'a budget that is no number',
      { ...CAMPAIGN, daily_budget: 'many' },
      { code: 100, message: '(#100) Param daily_budget must be an integer' },
    ],
    ['being born deleted', { ...CAMPAIGN, status: 'DELETED' }, { code: 100 }],
  ];
  test.each(refusals)('are refused for %s', async (_why, params, error) => {
    const answer = await world.call('POST', `${world.account}/campaigns`, params as Record<string, unknown>);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject(error);
    expect(answer.body.error.fbtrace_id).toMatch(/^A[\w-]{22}$/);
  });

  test('pass an empty list of categories and a dry run without making anything', async () => {
    const own = await makeWorld(simulator);
    const dry = await own.call('POST', `${own.account}/campaigns`, {
      ...CAMPAIGN,
      execution_options: ['validate_only'],
    });
    expect(dry.body).toEqual({ success: true });
    expect((await own.call('GET', `${own.account}/campaigns`)).body.data).toEqual([]);
  });
});

describe('ad sets', () => {
  const targeting = { geo_locations: { countries: ['PT'] }, targeting_automation: { advantage_audience: 1 } };
  const refusals: [string, (id: string) => object, object][] = [
    [
      'no word on advantage audience',
      (id) => adSetParams(world, id, { targeting: { geo_locations: { countries: ['PT'] } } }),
      { error_subcode: 1870227 },
    ],
    [
      'no location',
      (id) => adSetParams(world, id, { targeting: { targeting_automation: { advantage_audience: 0 } } }),
      { error_subcode: 1885364 },
    ],
    [
      'ages too narrow for advantage audience',
      (id) => adSetParams(world, id, { targeting: { ...targeting, age_max: 45 } }),
      { code: 100 },
    ],
    [
      'no payor in the EU',
      (id) => without(adSetParams(world, id), 'dsa_payor'),
      { error_subcode: 3858079, type: 'FacebookApiException', error_data: expect.any(String) },
    ],
    [
      'no beneficiary in the EU',
      (id) => without(adSetParams(world, id), 'dsa_beneficiary'),
      { error_subcode: 3858081 },
    ],
    ['no pixel to promote', (id) => without(adSetParams(world, id), 'promoted_object'), { code: 100 }],
    [
      'a goal of another objective',
      (id) => adSetParams(world, id, { optimization_goal: 'LEAD_GENERATION' }),
      { error_subcode: 2490408 },
    ],
    [
      'a destination of another objective',
      (id) => adSetParams(world, id, { destination_type: 'ON_AD' }),
      { error_subcode: 1815715 },
    ],
    [
      'a bid strategy without its bid',
      (id) => adSetParams(world, id, { bid_strategy: 'COST_CAP' }),
      { error_subcode: 1815857 },
    ],
    [
      'a budget below the minimum',
      (id) => adSetParams(world, id, { daily_budget: 50 }),
      { error_subcode: 1885272, error_data: { blame_field_specs: [['daily_budget']] } },
    ],
    [
      'an end in the past',
      (id) => adSetParams(world, id, { end_time: '2020-01-01T00:00:00+0000' }),
      { error_subcode: 1487033 },
    ],
    [
      'a retired kind of location',
      (id) =>
        adSetParams(world, id, {
          targeting: { ...targeting, geo_locations: { countries: ['PT'], location_types: ['home'] } },
        }),
      { error_subcode: 1870199 },
    ],
    [
      'a retired placement',
      (id) => adSetParams(world, id, { targeting: { ...targeting, facebook_positions: ['video_feeds'] } }),
      { error_subcode: 2490562 },
    ],
    [
      'an interest nobody knows',
      (id) => adSetParams(world, id, { targeting: { ...targeting, interests: [{ id: '42', name: 'Secret' }] } }),
      { error_subcode: 2446394 },
    ],
    [
      'an unknown key in the targeting',
      (id) => adSetParams(world, id, { targeting: { ...targeting, shoe_size: 42 } }),
      { code: 100 },
    ],
  ];
  test.each(refusals)('are refused for %s', async (_why, params, error) => {
    const answer = await world.call('POST', `${world.account}/adsets`, params(campaignId) as Record<string, unknown>);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject(error);
  });

  test('take no budget of their own below a campaign budget', async () => {
    const own = await world.call('POST', `${world.account}/campaigns`, {
      ...without(CAMPAIGN, 'is_adset_budget_sharing_enabled'),
      daily_budget: 3000,
    });
    const answer = await world.call('POST', `${world.account}/adsets`, adSetParams(world, own.body.id));
    expect(answer.body.error.error_subcode).toBe(1885621);
  });

  test('keep their attribution and conversion event once ads hang on them', async () => {
    const own = await makeWorld(simulator);
    const { adSetId } = await launch(own, { ads: 1 });
    const attribution = await own.call('POST', adSetId, {
      attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1 }],
    });
    const event = await own.call('POST', adSetId, {
      promoted_object: { pixel_id: own.pixel, custom_event_type: 'LEAD' },
    });
    expect(attribution.body.error.error_subcode).toBe(1504040);
    expect(event.body.error.error_subcode).toBe(3260011);
  });
});

describe('creatives and ads', () => {
  const linkData = { link: 'https://shop.example/x', message: 'Hello' };
  const refusals: [string, () => object, object][] = [
    ['an empty creative', () => ({ name: 'x' }), { error_subcode: 1443048 }],
    ['a Page nobody knows', () => creativeParams('106500000000000'), { error_subcode: 1443121 }],
    [
      'no link',
      () => ({ object_story_spec: { page_id: world.page, link_data: { message: 'x' } } }),
      { error_subcode: 2061015 },
    ],
    [
      'an image that was not uploaded',
      () => ({ object_story_spec: { page_id: world.page, link_data: { ...linkData, image_hash: 'f'.repeat(32) } } }),
      { error_subcode: 2446386 },
    ],
    [
      'a video without a thumbnail',
      () => ({ object_story_spec: { page_id: world.page, video_data: { video_id: '1' } } }),
      { error_subcode: 1443226 },
    ],
    [
      'an unknown button',
      () => ({
        object_story_spec: { page_id: world.page, link_data: { ...linkData, call_to_action: { type: 'PRESS_ME' } } },
      }),
      { code: 100 },
    ],
    [
      'an unknown key of a button',
      () => ({
        object_story_spec: {
          page_id: world.page,
          link_data: { ...linkData, call_to_action: { type: 'SHOP_NOW', value: { colour: 'red' } } },
        },
      }),
      { code: 105, error_subcode: 1815630 },
    ],
    [
      'the retired bundle of enhancements',
      () =>
        creativeParams(world.page, {
          degrees_of_freedom_spec: { creative_features_spec: { standard_enhancements: { enroll_status: 'OPT_OUT' } } },
        }),
      { error_subcode: 3858504 },
    ],
  ];
  test.each(refusals)('are refused for %s', async (_why, params, error) => {
    const answer = await world.call('POST', `${world.account}/adcreatives`, params() as Record<string, unknown>);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject(error);
  });

  test('creatives keep what they show', async () => {
    const made = await world.call('POST', `${world.account}/adcreatives`, creativeParams(world.page));
    const changed = await world.call('POST', made.body.id, {
      object_story_spec: { page_id: world.page, link_data: linkData },
    });
    expect(changed.body.error.error_subcode).toBe(1815573);
    expect((await world.call('POST', made.body.id, { name: 'New name' })).body).toEqual({ success: true });
  });

  test('a creative in use stays', async () => {
    const own = await makeWorld(simulator);
    const { adIds } = await launch(own, { ads: 1 });
    const ad = await own.call('GET', adIds[0] ?? '', { fields: 'creative' });
    expect((await own.call('DELETE', ad.body.creative.id)).body.error).toMatchObject({
      code: 200,
      error_subcode: 1487235,
    });
  });

  test('an account that cannot pay takes no ads, one that is shut down takes nothing', async () => {
    const unpaid = await makeWorld(simulator, { scenario: 'unpaid' });
    await expect(launch(unpaid, { ads: 1 })).rejects.toThrow('1359188');
    const disabled = await makeWorld(simulator, { scenario: 'disabled' });
    expect((await disabled.call('POST', `${disabled.account}/campaigns`, CAMPAIGN)).body.error.code).toBe(200);
    expect((await disabled.call('GET', disabled.account, { fields: 'account_status' })).body.account_status).toBe(2);
  });
});

describe('reading and access', () => {
  test('an unknown field, edge, object and path each have their own answer', async () => {
    expect((await world.call('GET', campaignId, { fields: 'foo' })).body.error.message).toBe(
      '(#100) Tried accessing nonexisting field (foo) on node type (Campaign)',
    );
    expect((await world.call('GET', `${campaignId}/foo`)).body.error.code).toBe(2500);
    expect((await world.call('GET', '120299')).body.error).toMatchObject({
      code: 100,
      error_subcode: 33,
      type: 'GraphMethodException',
    });
    expect((await world.call('GET', 'nobody')).status).toBe(404);
    expect((await world.call('GET', '', { ids: '1,2' })).body.error.code).toBe(100);
  });

  test('no token, a wrong token and ended tokens are told apart', async () => {
    const own = await makeWorld(simulator);
    const bare = await (await fetch(`${simulator.url}/v26.0/me`)).json();
    expect(bare.error.code).toBe(2500);
    const wrong = await fetch(`${simulator.url}/v26.0/me?access_token=EAAnonsense`);
    expect((await wrong.json()).error).toMatchObject({ code: 190, type: 'OAuthException' });
    expect(wrong.headers.get('www-authenticate')).toContain('invalid_token');
    for (const subcode of [458, 459, 460, 463, 464, 467]) {
      const fresh = await makeWorld(simulator);
      await simulator.admin('POST', `worlds/${fresh.worldId}/tokens`, { action: 'revoke', subcode });
      expect((await fresh.call('GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: subcode });
    }
    await own.advance(61 * 86_400_000);
    expect((await own.call('GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  });

  test('a withdrawn permission stops what needed it and nothing else', async () => {
    const own = await makeWorld(simulator);
    await own.call('DELETE', 'me/permissions/ads_management');
    expect((await own.call('POST', `${own.account}/campaigns`, CAMPAIGN)).body.error.code).toBe(200);
    expect((await own.call('GET', own.account, { fields: 'name' })).status).toBe(200);
    const permissions = (await own.call('GET', 'me/permissions')).body.data;
    expect(permissions).toContainEqual({ permission: 'ads_management', status: 'declined' });
  });

  test('one world never sees another', async () => {
    const other = await makeWorld(simulator, { seed: 8 });
    expect((await other.call('GET', world.account, { fields: 'name' })).body.error.error_subcode).toBe(33);
    expect((await other.call('POST', campaignId, { name: 'mine' })).body.error.error_subcode).toBe(33);
  });

  test('versions: ended ones are served with a warning by default and refused when strict; ads need one', async () => {
    const old = await world.call('GET', 'me', {}, 'v24.0');
    expect(old.status).toBe(200);
    expect(old.headers.get('x-ad-api-version-warning')).toContain('v24.0 has been deprecated');
    const without = await fetch(`${simulator.url}/${world.account}?access_token=${world.accessToken}`);
    expect((await without.json()).error.code).toBe(2635);
    const strict = await startSimulator({ strictVersions: true });
    const own = await makeWorld(strict);
    expect((await own.call('GET', own.account, {}, 'v24.0')).body.error.code).toBe(2635);
    expect((await own.call('GET', own.account, {}, 'v25.0')).status).toBe(200);
    // Who somebody is has nothing to do with ads: those versions live on.
    expect((await own.call('GET', 'me', {}, 'v24.0')).status).toBe(200);
    await strict.close();
  });
});

describe('limits of the limited tier', () => {
  test('about twenty writes in five minutes, with rising usage, then a pause', async () => {
    const own = await makeWorld(simulator, { rateTier: 'limited' });
    const usage: number[] = [];
    let refusal: Awaited<ReturnType<World['call']>> | null = null;
    for (let at = 0; at < 25 && !refusal; at++) {
      const answer = await own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, name: `C${at}` });
      usage.push(JSON.parse(answer.headers.get('x-ad-account-usage') ?? '{}').acc_id_util_pct);
      if (answer.status !== 200) refusal = answer;
    }
    expect(usage.length).toBeGreaterThanOrEqual(20);
    expect(usage.length).toBeLessThanOrEqual(22);
    expect(usage).toEqual([...usage].sort((one, other) => one - other));
    expect(refusal?.body.error).toMatchObject({ code: 17, error_subcode: 2446079 });
    await own.advance(301_000);
    expect((await own.call('GET', own.account)).status).toBe(200);
  });

  test('one edit per object in thirty seconds, four budget changes an hour', async () => {
    const own = await makeWorld(simulator, { rateTier: 'full' });
    const { adSetId } = await launch(own, { ads: 1 });
    const codes: number[] = [];
    for (let at = 0; at < 5; at++) {
      codes.push((await own.call('POST', adSetId, { daily_budget: 3000 + at * 100 })).body.error?.error_subcode ?? 0);
      await own.advance(31_000);
    }
    expect(codes).toEqual([0, 0, 0, 0, 1487632]);
    expect((await own.call('POST', adSetId, { name: 'a' })).status).toBe(200);
    expect((await own.call('POST', adSetId, { name: 'b' })).body.error).toMatchObject({
      code: 613,
      error_subcode: 4841018,
    });
  });
});
