import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetaSimulator } from '../../../lib/simulators/meta/simulator';
import { createMemoryStore } from '../../../lib/simulators/meta/store/memory-store';
import {
  adSetParams,
  type Body,
  CAMPAIGN,
  DAY,
  launch,
  makeWorld,
  type Simulator,
  startSimulator,
  type World,
} from './world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
});
afterAll(() => simulator.close());

describe('around the campaign', () => {
  test('interests and places are searched, without accents and by country', async () => {
    const interests = (await world.call('GET', 'search', { type: 'adinterest', q: 'baker' })).body.data;
    expect(interests[0]).toMatchObject({ name: 'Bakery', id: expect.stringMatching(/^\d+$/), path: expect.any(Array) });
    const places = (await world.call('GET', 'search', { type: 'adgeolocation', q: 'bogota', location_types: ['city'] }))
      .body.data;
    expect(places[0]).toMatchObject({ key: '458130', country_code: 'CO', region: 'Cundinamarca' });
    const valid = (
      await world.call('GET', 'search', { type: 'adinterestvalid', interest_list: ['Coffee', 'Nonsense'] })
    ).body.data;
    expect(valid.map((one: Body) => one.valid)).toEqual([true, false]);
  });

  test('a city brings its country’s rules with it, and its country beside it overlaps', async () => {
    const [lisbon] = (
      await world.call('GET', 'search', { type: 'adgeolocation', q: 'Lisbon', location_types: ['city'] })
    ).body.data;
    const campaign = await world.call('POST', `${world.account}/campaigns`, CAMPAIGN);
    const city = { key: lisbon.key, radius: 20, distance_unit: 'kilometer' };
    const targeting = (geo: object) => ({ geo_locations: geo, targeting_automation: { advantage_audience: 0 } });
    const { dsa_payor: _left, ...params } = adSetParams(world, campaign.body.id, {
      targeting: targeting({ cities: [city] }),
    });
    expect((await world.call('POST', `${world.account}/adsets`, params)).body.error.error_subcode).toBe(3858079);
    const both = adSetParams(world, campaign.body.id, { targeting: targeting({ cities: [city], countries: ['PT'] }) });
    expect((await world.call('POST', `${world.account}/adsets`, both)).body.error.error_subcode).toBe(1487756);
  });

  test('estimates are ranges that follow the targeting, without a curve', async () => {
    const estimate = async (geo: object) => {
      const answer = await world.call('GET', `${world.account}/delivery_estimate`, {
        optimization_goal: 'LINK_CLICKS',
        targeting_spec: { geo_locations: geo },
      });
      return answer.body.data[0];
    };
    const wide = await estimate({ countries: ['PT'] });
    const narrow = await estimate({ cities: [{ key: '2400001', radius: 17, distance_unit: 'kilometer' }] });
    expect(wide).toEqual({
      estimate_ready: true,
      estimate_mau_lower_bound: expect.any(Number),
      estimate_mau_upper_bound: expect.any(Number),
      targeting_optimization_types: [],
    });
    expect(narrow.estimate_mau_upper_bound).toBeLessThan(wide.estimate_mau_lower_bound);
  });

  test('minimum budgets follow the currency', async () => {
    const yen = await makeWorld(simulator, { scenario: 'jpy' });
    const [row] = (await yen.call('GET', `${yen.account}/minimum_budgets`)).body.data;
    expect(row).toMatchObject({ currency: 'JPY', min_daily_budget_imp: 150, min_daily_budget_high_freq: 750 });
  });

  test('previews are frames that show the ad', async () => {
    const { adIds } = await launch(world, { ads: 1 });
    const preview = await world.call('GET', `${adIds[0]}/previews`, { ad_format: 'MOBILE_FEED_STANDARD' });
    const source = /src="([^"]+)"/.exec(preview.body.data[0].body)?.[1] ?? '';
    expect(await (await fetch(source)).text()).toContain('Order today');
    expect((await world.call('GET', `${adIds[0]}/previews`, { ad_format: 'BILLBOARD' })).body.error.code).toBe(100);
  });

  test('a campaign is copied with what hangs on it', async () => {
    const { campaignId } = await launch(world, { ads: 2 });
    const copy = await world.call('POST', `${campaignId}/copies`, {
      deep_copy: true,
      rename_options: { rename_suffix: ' again' },
    });
    expect(copy.body.ad_object_ids.map((one: Body) => one.ad_object_type)).toEqual(['campaign', 'ad_set', 'ad', 'ad']);
    const read = await world.call('GET', copy.body.copied_campaign_id, { fields: 'name,status,adsets{ads{name}}' });
    expect(read.body).toMatchObject({ name: 'Autumn again', status: 'PAUSED' });
    expect(read.body.adsets.data[0].ads.data).toHaveLength(2);
  });
});

describe('beside the campaign', () => {
  test('an automated rule stops runaway spending by itself', async () => {
    const own = await makeWorld(simulator);
    const { campaignId } = await launch(own, { adSet: { daily_budget: 20_000 } });
    const filters = [
      { field: 'entity_type', operator: 'EQUAL', value: 'CAMPAIGN' },
      { field: 'id', operator: 'IN', value: [campaignId] },
      { field: 'time_preset', operator: 'EQUAL', value: 'TODAY' },
      { field: 'spent', operator: 'GREATER_THAN', value: 5000 },
    ];
    const rule = await own.call('POST', `${own.account}/adrules_library`, {
      name: 'Stop',
      evaluation_spec: { evaluation_type: 'SCHEDULE', filters },
      execution_spec: { execution_type: 'PAUSE' },
      schedule_spec: { schedule_type: 'SEMI_HOURLY' },
    });
    await own.advance(3 * DAY);
    const campaign = await own.call('GET', campaignId, { fields: 'status' });
    const spent = Number((await own.call('GET', own.account, { fields: 'amount_spent' })).body.amount_spent);
    expect(campaign.body.status).toBe('PAUSED');
    expect(spent).toBeLessThan(20_000);
    const history = await own.call('GET', `${rule.body.id}/history`);
    expect(history.body.data[0].results[0].object_id).toBe(campaignId);
    expect((await own.call('POST', `${own.account}/adrules_library`, { name: 'x' })).body.error.code).toBe(100);
  });

  test('instant forms collect leads that their ads paid for', async () => {
    const own = await makeWorld(simulator);
    const pages: Body[] = (await own.call('GET', 'me/accounts')).body.data;
    const form = await own.call('POST', `${own.page}/leadgen_forms`, {
      access_token: pages[0].access_token,
      name: 'Ask us',
      questions: [{ type: 'FULL_NAME' }, { type: 'EMAIL' }],
      privacy_policy: { url: 'https://shop.example/privacy' },
    });
    const campaign = await own.call('POST', `${own.account}/campaigns`, {
      ...CAMPAIGN,
      objective: 'OUTCOME_LEADS',
      status: 'ACTIVE',
    });
    const adSet = await own.call(
      'POST',
      `${own.account}/adsets`,
      adSetParams(own, campaign.body.id, {
        optimization_goal: 'LEAD_GENERATION',
        destination_type: 'ON_AD',
        promoted_object: { page_id: own.page },
      }),
    );
    const ad = (type: string, value: object) =>
      own.call('POST', `${own.account}/ads`, {
        name: 'Form',
        adset_id: adSet.body.id,
        creative: {
          object_story_spec: {
            page_id: own.page,
            link_data: { link: 'http://fb.me/', message: 'Ask', call_to_action: { type, value } },
          },
        },
      });
    expect((await ad('LEARN_MORE', { link: 'https://shop.example/' })).body.error.error_subcode).toBe(3390001);
    const made = await ad('SIGN_UP', { lead_gen_form_id: form.body.id });
    await own.advance(5 * DAY);
    const leads: Body[] = (await own.call('GET', `${form.body.id}/leads`, { limit: 500 })).body.data;
    expect(leads.length).toBeGreaterThan(3);
    expect(leads[0]).toMatchObject({
      ad_id: made.body.id,
      form_id: form.body.id,
      created_time: expect.stringMatching(/\+0000$/),
    });
    expect(leads[0].field_data.map((one: Body) => one.name)).toEqual(['full_name', 'email']);
    const rows: Body[] = (
      await own.call('GET', `${made.body.id}/insights`, { fields: 'actions', date_preset: 'maximum' })
    ).body.data;
    expect(rows[0].actions).toContainEqual({
      action_type: 'onsite_conversion.lead_grouped',
      value: String(leads.length),
    });
  });

  test('server events are checked one by one', async () => {
    const hashed = createHash('sha256').update('a@example.com').digest('hex');
    const event = {
      event_name: 'Purchase',
      event_time: Math.floor(Date.now() / 1000),
      action_source: 'website',
      event_source_url: 'https://shop.example/',
      user_data: { em: hashed, client_user_agent: 'x' },
      custom_data: { value: 12.5, currency: 'EUR' },
    };
    const send = (data: object[]) => world.call('POST', `${world.pixel}/events`, { data });
    expect((await send([event, event])).body).toMatchObject({ events_received: 2 });
    for (const wrong of [
      { event_time: 1 },
      { user_data: { em: 'a@example.com', client_user_agent: 'x' } },
      { custom_data: {} },
      { action_source: 'dream' },
    ]) {
      expect((await send([event, { ...event, ...wrong }])).body.error.code).toBe(100);
    }
  });

  test('the account’s own cap is written in major units and read in minor ones', async () => {
    const own = await makeWorld(simulator);
    await own.call('POST', own.account, {
      spend_cap: 50,
      default_dsa_payor: 'Padaria',
      default_dsa_beneficiary: 'Padaria',
    });
    expect((await own.call('GET', own.account, { fields: 'spend_cap,default_dsa_payor' })).body).toMatchObject({
      spend_cap: '5000',
      default_dsa_payor: 'Padaria',
    });
  });
});

test('mounted below a path of another server, links and pages keep the path', async () => {
  const mounted = createMetaSimulator({
    store: createMemoryStore(),
    publicUrl: 'http://localhost:3000/simulator/meta',
    adminKey: 'key',
  });
  const ask = async (path: string, init?: RequestInit): Promise<Response> =>
    mounted.fetch(new Request(`http://localhost:3000/simulator/meta${path}`, init));
  expect((await ask('/_admin/worlds', { method: 'POST' })).status).toBe(401);
  const made = await ask('/_admin/worlds', { method: 'POST', headers: { authorization: 'Bearer key' }, body: '{}' });
  const own: Body = await made.json();
  for (let at = 0; at < 2; at++) {
    await ask(`/v26.0/${own.adAccounts[0].id}/campaigns?access_token=${own.accessToken}`, {
      method: 'POST',
      body: JSON.stringify(CAMPAIGN),
      headers: { 'content-type': 'application/json' },
    });
  }
  const page: Body = await (
    await ask(`/v26.0/${own.adAccounts[0].id}/campaigns?limit=1&access_token=${own.accessToken}`)
  ).json();
  expect(page.paging.next).toMatch(/^http:\/\/localhost:3000\/simulator\/meta\/v26\.0\/act_/);
  const dialog = await (
    await ask('/v26.0/dialog/oauth?client_id=some-app&redirect_uri=http://localhost:3000/cb&scope=email')
  ).text();
  expect(dialog).toContain('action="http://localhost:3000/simulator/meta/v26.0/dialog/oauth"');
});
