import bizSdk from 'facebook-nodejs-business-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  adSetParams,
  CAMPAIGN,
  creativeParams,
  DAY,
  makeWorld,
  PNG,
  type Simulator,
  startSimulator,
  type World,
} from './world';

const { FacebookAdsApi, AdAccount, AdSet, Ad, Campaign, User } = bizSdk;

let simulator: Simulator;
let world: World;
let api: InstanceType<typeof FacebookAdsApi>;

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
  Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => simulator.url, configurable: true });
  Object.defineProperty(FacebookAdsApi, 'VERSION', { get: () => 'v26.0', configurable: true });
  api = new FacebookAdsApi(world.accessToken, 'en_US', false);
});
afterAll(() => simulator.close());

test('the official SDK, used as a stranger would, deploys a campaign and reads its numbers', async () => {
  const account = new AdAccount(world.account, {}, undefined, api);
  const read = await account.read(['name', 'currency', 'timezone_name', 'min_daily_budget']);
  expect(read._data).toMatchObject({ currency: 'EUR', timezone_name: 'Europe/Lisbon', min_daily_budget: 100 });

  const campaign = await account.createCampaign([], CAMPAIGN);
  const adSet = await account.createAdSet([AdSet.Fields.id, AdSet.Fields.name], adSetParams(world, campaign.id));
  const image = await account.createAdImage([], { bytes: PNG });
  const hash = image._data.images.bytes.hash;
  const params = creativeParams(world.page);
  (params.object_story_spec as { link_data: Record<string, unknown> }).link_data.image_hash = hash;
  const creative = await account.createAdCreative([], params);
  const ad = await account.createAd([], {
    name: 'First',
    adset_id: adSet.id,
    creative: { creative_id: creative.id },
    status: Ad.Status.active,
  });
  await new Campaign(campaign.id, {}, undefined, api).update([], { status: Campaign.Status.active });

  const ads = await account.getAds([Ad.Fields.name, Ad.Fields.effective_status], { limit: 5 });
  expect(ads.map((one) => one._data)).toEqual([{ id: ad.id, name: 'First', effective_status: 'IN_PROCESS' }]);

  await world.advance(3 * DAY);
  const rows = await new Campaign(campaign.id, {}, undefined, api).getInsights(['impressions', 'spend', 'actions'], {
    date_preset: 'maximum',
    time_increment: 1,
  });
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(rows[0]?._data.impressions).toMatch(/^\d+$/);
  await new Ad(ad.id, {}, undefined, api).delete([]);
  expect((await new Ad(ad.id, {}, undefined, api).read(['effective_status']))._data.effective_status).toBe('DELETED');
});

test('its cursors follow the simulator’s own absolute links', async () => {
  const account = new AdAccount(world.account, {}, undefined, api);
  for (let at = 0; at < 5; at++) await account.createCampaign([], { ...CAMPAIGN, name: `Page ${at}` });
  const names: string[] = [];
  let page = await account.getCampaigns(['name'], {
    limit: 2,
    filtering: [{ field: 'name', operator: 'CONTAIN', value: 'Page' }],
  });
  for (;;) {
    names.push(...page.map((one) => one._data.name));
    if (!page.hasNext()) break;
    page = await page.next();
  }
  expect(names.sort()).toEqual(['Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4']);
});

test('its errors carry code, subcode and words for the person', async () => {
  const account = new AdAccount(world.account, {}, undefined, api);
  const { is_adset_budget_sharing_enabled: _left, ...params } = CAMPAIGN;
  const error = await account.createCampaign([], params).then(
    () => null,
    (thrown: unknown) => thrown as { status: number; response: Record<string, unknown> },
  );
  expect(error?.status).toBe(400);
  expect(error?.response).toMatchObject({ code: 100, error_subcode: 4834011, error_user_title: expect.any(String) });
});

test('people, Pages and permissions are found through it', async () => {
  const me = new User('me', {}, undefined, api);
  const accounts = await me.getAdAccounts(['name', 'account_status']);
  const pages = await me.getAccounts(['name', 'tasks', 'instagram_business_account']);
  expect(accounts[0]?._data).toMatchObject({ id: world.account, account_status: 1 });
  expect(pages[0]?._data.tasks).toContain('ADVERTISE');
  expect(pages[0]?._data.instagram_business_account.id).toBe(world.pages[0].instagramId);
});

test('every objective, goal and billing event the SDK names for new ads is known here', async () => {
  const enums = await import('../../../lib/simulators/meta/validate/enums');
  const goals: string[] = Object.values(AdSet.OptimizationGoal);
  expect(goals.filter((goal) => !enums.OPTIMIZATION_GOALS.some((known) => known === goal))).toEqual([]);
  const events: string[] = Object.values(AdSet.BillingEvent);
  expect(events.filter((event) => !enums.BILLING_EVENTS.some((known) => known === event))).toEqual([]);
  const objectives: string[] = Object.values(Campaign.Objective);
  const known: string[] = [...enums.OBJECTIVES, ...enums.LEGACY_OBJECTIVES];
  expect(objectives.filter((objective) => !known.includes(objective))).toEqual([]);
  const fields: string[] = Object.values(Campaign.Fields);
  const answer = await world.call('GET', `${world.account}/campaigns`, { fields: fields.join(',') });
  expect(answer.body.error?.message).toBeUndefined();
});
