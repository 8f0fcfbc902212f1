import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, DAY, launch, makeWorld, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
let world: World;
let made: Awaited<ReturnType<typeof launch>>;

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator, { seed: 3 });
  made = await launch(world, { ads: 2, adSet: { daily_budget: 20_000 } });
  await world.advance(6 * DAY);
});
afterAll(() => simulator.close());

/** The shape of an answer: strings by their format, numbers and booleans by their kind, lists by their first element. */
function shapeOf(value: Body): Body {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
  if (typeof value !== 'string') return typeof value;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$/.test(value)) return 'time';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  if (/^(act_)?\d{13,18}$/.test(value)) return 'id';
  if (/^\d+$/.test(value)) return 'integer text';
  if (/^\d+\.\d{2}$/.test(value)) return 'money text';
  if (/^\d+\.\d{6}$/.test(value)) return 'ratio text';
  return 'text';
}

const read = async (id: string, fields: string) => shapeOf((await world.call('GET', id, { fields })).body);

test('an ad account', async () => {
  expect(
    await read(
      world.account,
      'account_id,name,account_status,currency,timezone_id,timezone_name,timezone_offset_hours_utc,amount_spent,balance,spend_cap,min_daily_budget,min_campaign_group_spend_cap,funding_source_details,business,created_time,user_tasks,tos_accepted,age,disable_reason',
    ),
  ).toEqual({
    account_id: 'id',
    name: 'text',
    account_status: 'number',
    currency: 'text',
    timezone_id: 'number',
    timezone_name: 'text',
    timezone_offset_hours_utc: 'number',
    amount_spent: 'integer text',
    balance: 'integer text',
    spend_cap: 'integer text',
    min_daily_budget: 'number',
    min_campaign_group_spend_cap: 'integer text',
    funding_source_details: { id: 'id', display_string: 'text', type: 'number' },
    business: { id: 'id', name: 'text' },
    created_time: 'time',
    user_tasks: ['text'],
    tos_accepted: { web_custom_audience_tos: 'number' },
    age: 'number',
    disable_reason: 'number',
    id: 'id',
  });
});

test('a campaign, an ad set, an ad and a creative', async () => {
  expect(
    await read(
      made.campaignId,
      'name,objective,status,effective_status,buying_type,special_ad_categories,daily_budget,spend_cap,created_time,updated_time,is_adset_budget_sharing_enabled,advantage_state_info,account_id',
    ),
  ).toEqual({
    name: 'text',
    objective: 'text',
    status: 'text',
    effective_status: 'text',
    buying_type: 'text',
    special_ad_categories: [],
    created_time: 'time',
    updated_time: 'time',
    is_adset_budget_sharing_enabled: 'boolean',
    account_id: 'id',
    id: 'id',
    advantage_state_info: {
      advantage_state: 'text',
      advantage_budget_state: 'text',
      advantage_audience_state: 'text',
      advantage_placement_state: 'text',
    },
  });
  expect(
    await read(
      made.adSetId,
      'name,campaign_id,daily_budget,lifetime_budget,budget_remaining,optimization_goal,billing_event,targeting,promoted_object,attribution_spec,start_time,end_time,learning_stage_info,bid_strategy,dsa_payor',
    ),
  ).toEqual({
    name: 'text',
    campaign_id: 'id',
    daily_budget: 'integer text',
    lifetime_budget: 'integer text',
    budget_remaining: 'integer text',
    optimization_goal: 'text',
    billing_event: 'text',
    targeting: {
      age_min: 'number',
      age_max: 'number',
      geo_locations: { countries: ['text'] },
      targeting_automation: { advantage_audience: 'number' },
      effective_publisher_platforms: ['text'],
      effective_facebook_positions: ['text'],
      effective_instagram_positions: ['text'],
      effective_audience_network_positions: ['text'],
      effective_messenger_positions: ['text'],
    },
    promoted_object: { pixel_id: 'id', custom_event_type: 'text' },
    attribution_spec: [{ event_type: 'text', window_days: 'number' }],
    start_time: 'time',
    learning_stage_info: {
      status: 'text',
      conversions: 'number',
      last_sig_edit_ts: 'number',
      attribution_windows: ['text'],
    },
    bid_strategy: 'text',
    dsa_payor: 'text',
    id: 'id',
  });
  expect(
    await read(
      made.adIds[0] ?? '',
      'name,adset_id,campaign_id,creative,status,effective_status,tracking_specs,source_ad_id,created_time',
    ),
  ).toEqual({
    name: 'text',
    adset_id: 'id',
    campaign_id: 'id',
    creative: { id: 'id' },
    status: 'text',
    effective_status: 'text',
    tracking_specs: [{ 'action.type': ['text'], fb_pixel: ['id'] }],
    source_ad_id: 'integer text',
    created_time: 'time',
    id: 'id',
  });
  const [creative] = (
    await world.call('GET', `${world.account}/adcreatives`, {
      fields: 'name,object_type,effective_object_story_id,call_to_action_type,body,title,status,actor_id',
    })
  ).body.data;
  expect(shapeOf(creative)).toEqual({
    name: 'text',
    object_type: 'text',
    effective_object_story_id: 'text',
    call_to_action_type: 'text',
    body: 'text',
    title: 'text',
    status: 'text',
    actor_id: 'id',
    id: 'id',
  });
});

test('a Page, its Instagram account and a pixel', async () => {
  expect(await read(world.page, 'name,category,tasks,access_token,instagram_business_account{username}')).toEqual({
    name: 'text',
    category: 'text',
    tasks: ['text'],
    access_token: 'text',
    instagram_business_account: { username: 'text', id: 'id' },
    id: 'id',
  });
  expect(await read(world.pixel, 'name,last_fired_time,is_unavailable')).toEqual({
    name: 'text',
    last_fired_time: 'time',
    is_unavailable: 'boolean',
    id: 'id',
  });
});

test('a row of insights', async () => {
  const fields =
    'account_currency,campaign_id,campaign_name,impressions,reach,frequency,clicks,inline_link_clicks,ctr,cpc,cpm,cpp,spend,actions,action_values,cost_per_action_type,purchase_roas,results,attribution_setting,objective,quality_ranking,video_p25_watched_actions';
  const [row] = (await world.call('GET', `${made.campaignId}/insights`, { fields, date_preset: 'maximum' })).body.data;
  expect(shapeOf(row)).toEqual({
    account_currency: 'text',
    campaign_id: 'id',
    campaign_name: 'text',
    impressions: 'integer text',
    reach: 'integer text',
    frequency: 'ratio text',
    clicks: 'integer text',
    inline_link_clicks: 'integer text',
    ctr: 'ratio text',
    cpc: 'ratio text',
    cpm: 'ratio text',
    cpp: 'ratio text',
    spend: 'money text',
    actions: [{ action_type: 'text', value: 'integer text' }],
    action_values: [{ action_type: 'text', value: 'money text' }],
    cost_per_action_type: [{ action_type: 'text', value: 'ratio text' }],
    purchase_roas: [{ action_type: 'text', value: 'ratio text' }],
    results: [{ indicator: 'text', values: [{ value: 'integer text', attribution_windows: ['text'] }] }],
    attribution_setting: 'text',
    objective: 'text',
    quality_ranking: 'text',
    date_start: 'date',
    date_stop: 'date',
  });
  const [yen] = await yenRows();
  expect(shapeOf(yen)).toMatchObject({ spend: 'integer text', cpm: 'ratio text' });
});

async function yenRows(): Promise<Body[]> {
  const own = await makeWorld(simulator, { scenario: 'jpy' });
  await launch(own, {
    ads: 1,
    adSet: { targeting: { geo_locations: { countries: ['JP'] }, targeting_automation: { advantage_audience: 1 } } },
  });
  await own.advance(2 * DAY);
  return (await own.call('GET', `${own.account}/insights`, { fields: 'spend,cpm', date_preset: 'maximum' })).body.data;
}

test('answers carry the headers clients read', async () => {
  const answer = await world.call('GET', `${world.account}/insights`, { fields: 'spend' });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  expect(answer.headers.get('facebook-api-version')).toBe('v26.0');
  expect(answer.headers.get('x-fb-trace-id')).toMatch(/^A[\w-]{22}$/);
  expect(shapeOf(JSON.parse(answer.headers.get('x-ad-account-usage') ?? ''))).toEqual({
    acc_id_util_pct: 'number',
    reset_time_duration: 'number',
    ads_api_access_tier: 'text',
  });
  const [usage] = Object.values<Body>(JSON.parse(answer.headers.get('x-business-use-case-usage') ?? ''));
  expect(shapeOf(usage[0])).toEqual({
    type: 'text',
    call_count: 'number',
    total_cputime: 'number',
    total_time: 'number',
    estimated_time_to_regain_access: 'number',
    ads_api_access_tier: 'text',
  });
  expect(answer.headers.get('x-fb-ads-insights-throttle')).toContain('acc_id_util_pct');
});
