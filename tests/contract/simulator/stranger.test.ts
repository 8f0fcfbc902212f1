import bizSdk from 'facebook-nodejs-business-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adSetParams,
  type Body,
  CAMPAIGN,
  creativeParams,
  DAY,
  launch,
  makeWorld,
  PNG,
  type Simulator,
  startSimulator,
  type World,
} from './world';

// The library as it comes: only its address is turned here. Its own version, long ended, is left as it is.
const sdk: Body = bizSdk;
const {
  FacebookAdsApi,
  FacebookAdsApiBatch,
  AdAccount,
  AdSet,
  Ad,
  AdRule,
  Business,
  Campaign,
  Page,
  LeadgenForm,
  User,
  AdVideo,
} = sdk;

let simulator: Simulator;
let world: World;
let account: Body;
beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
  Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => simulator.url, configurable: true });
  Object.defineProperty(FacebookAdsApi, 'GRAPH_VIDEO', { get: () => simulator.url, configurable: true });
  FacebookAdsApi.init(world.accessToken, 'en_US', false);
  account = new AdAccount(world.account);
});
afterAll(() => simulator.close());

const failure = (work: Promise<unknown>): Promise<Body> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('facebook-nodejs-business-sdk as its examples use it, at its own version', () => {
  test('is served at the version it names, with a warning in the headers', async () => {
    expect(FacebookAdsApi.VERSION).toBe('v24.0');
    const api = new FacebookAdsApi(world.accessToken, 'en_US', false);
    api.setShowHeader(true);
    const answer = await api.call('GET', [world.account], { fields: 'name' });
    expect(answer.headers['x-ad-api-version-warning']).toContain('v24.0');
    expect(JSON.parse(answer.headers['x-ad-account-usage'])).toHaveProperty('acc_id_util_pct');
  });

  test('objects create, read, update and delete themselves', async () => {
    const campaign = await account.createCampaign([Campaign.Fields.id, Campaign.Fields.name], CAMPAIGN);
    expect(campaign._data).toMatchObject({ name: 'Autumn' });
    expect(await new Campaign(campaign.id).update([], { name: 'Winter' })).toEqual({ success: true });
    expect((await new Campaign(campaign.id).read(['name', 'status']))._data).toMatchObject({
      name: 'Winter',
      status: 'PAUSED',
    });
    await campaign.delete([]);
    expect((await new Campaign(campaign.id).read(['status']))._data.status).toBe('DELETED');
  });

  test('edges page by cursor, with filters, summaries and their own types', async () => {
    const own = await makeWorld(simulator);
    const api = new FacebookAdsApi(own.accessToken, 'en_US', false);
    const mine = new AdAccount(own.account, {}, undefined, api);
    for (let at = 0; at < 5; at++) await mine.createCampaign([], { ...CAMPAIGN, name: `C${at}` });
    const cursor = await mine.getCampaigns(['name'], { limit: 2, summary: true });
    expect(cursor.summary.total_count).toBe(5);
    const names = cursor.map((one: Body) => one.name);
    while (cursor.hasNext()) {
      await cursor.next();
      names.push(...cursor.map((one: Body) => one.name));
    }
    expect(names).toEqual(['C4', 'C3', 'C2', 'C1', 'C0']);
    expect(cursor[0]).toBeInstanceOf(Campaign);
  });

  test('its batch works as it is built: bodies not encoded, a name taken from the parameters', async () => {
    const batch = new FacebookAdsApiBatch(FacebookAdsApi.getDefaultApi());
    const seen: Body[] = [];
    const note = (answer: Body) => seen.push(answer.body ?? answer);
    batch.add('GET', ['me'], { fields: 'name' }, undefined, note, note);
    batch.add('POST', [world.account, 'campaigns'], { ...CAMPAIGN, name: 'Batched' }, undefined, note, note);
    batch.add('GET', ['120200000000000000'], {}, undefined, note, note);
    await batch.execute();
    expect(seen).toHaveLength(3);
    expect(
      (await account.getCampaigns(['name'], { filtering: [{ field: 'name', operator: 'EQUAL', value: 'Batched' }] }))
        .length,
    ).toBe(1);
  });

  test('images, creatives, ads, previews, labels and copies', async () => {
    const campaign = await account.createCampaign([], CAMPAIGN);
    const adSet = await account.createAdSet([], adSetParams(world, campaign.id));
    const image = await account.createAdImage([], { bytes: PNG });
    expect(Object.keys(image._data.images)).toEqual(['bytes']);
    const creative = await account.createAdCreative([], creativeParams(world.page));
    const ad = await account.createAd([], {
      name: 'Ad',
      adset_id: adSet.id,
      creative: { creative_id: creative.id },
      status: Ad.Status.paused,
    });
    const previews = await ad.getPreviews([], { ad_format: 'MOBILE_FEED_STANDARD' });
    expect(previews[0].body).toContain('<iframe');
    await ad.createAdLabel([], { adlabels: [{ name: 'spring' }] });
    expect((await account.getAdLabels(['name'])).map((one: Body) => one.name)).toContain('spring');
    const copy = await new Campaign(campaign.id).createCopy([], { deep_copy: true });
    expect(copy._data.copied_campaign_id).toMatch(/^\d{18}$/);
    const copied = await new Campaign(copy._data.copied_campaign_id).getAdSets(['name']);
    expect(copied[0].name).toBe('Everyone - Copy');
  });

  test('insights at once and as a report', async () => {
    const own = await makeWorld(simulator);
    const { campaignId } = await launch(own);
    await own.advance(3 * DAY);
    const api = new FacebookAdsApi(own.accessToken, 'en_US', false);
    const campaign = new Campaign(campaignId, {}, undefined, api);
    const rows = await campaign.getInsights(['impressions', 'spend'], { date_preset: 'maximum', level: 'ad' });
    expect(rows).toHaveLength(3);
    const answer = await api.call('POST', [campaignId, 'insights'], {
      fields: 'impressions,spend',
      date_preset: 'maximum',
      level: 'ad',
    });
    let run: Body;
    do run = await api.call('GET', [answer.report_run_id], {});
    while (run.async_status !== 'Job Completed');
    expect(run.async_percent_completion).toBe(100);
    const reported = await api.call('GET', [answer.report_run_id, 'insights'], { limit: 500 });
    expect(reported.data.map((row: Body) => row.impressions)).toEqual(rows.map((row: Body) => row.impressions));
  });

  test('a video in chunks, worked on until it is ready', async () => {
    const api = new FacebookAdsApi(world.accessToken, 'en_US', false);
    const edge = [world.account, 'advideos'];
    const start = await api.call('POST', edge, { upload_phase: 'start', file_size: 1500 });
    expect(start).toMatchObject({ start_offset: '0', end_offset: '1500' });
    const form = new FormData();
    form.set('access_token', world.accessToken);
    form.set('upload_phase', 'transfer');
    form.set('upload_session_id', start.upload_session_id);
    form.set('start_offset', '0');
    form.set('video_file_chunk', new Blob([new Uint8Array(1500)]), 'chunk');
    const sent = await (
      await fetch(`${simulator.url}/v24.0/${world.account}/advideos`, { method: 'POST', body: form })
    ).json();
    expect(sent).toEqual({ start_offset: '1500', end_offset: '1500' });
    expect(
      await api.call('POST', edge, { upload_phase: 'finish', upload_session_id: start.upload_session_id }),
    ).toEqual({ success: true });
    const video = () => new AdVideo(start.video_id);
    expect((await video().read(['status']))._data.status.video_status).toBe('processing');
    await world.advance(40_000);
    expect((await video().read(['status']))._data.status).toEqual({ video_status: 'ready', processing_progress: 100 });
    expect((await video().getThumbnails(['uri', 'is_preferred']))[0].is_preferred).toBe(true);
  });

  test('rules, split tests, high-demand periods, forms and ads in bulk', async () => {
    const { campaignId, adSetId } = await launch(world, { ads: 1 });
    const rule = await account.createAdRulesLibrary([], {
      name: 'Stop',
      evaluation_spec: {
        evaluation_type: 'SCHEDULE',
        filters: [
          { field: 'entity_type', operator: 'EQUAL', value: 'CAMPAIGN' },
          { field: 'time_preset', operator: 'EQUAL', value: 'TODAY' },
        ],
      },
      execution_spec: { execution_type: 'NOTIFICATION' },
    });
    expect((await new AdRule(rule.id).read(['name', 'status']))._data).toMatchObject({
      name: 'Stop',
      status: 'ENABLED',
    });
    const [business] = await new User('me').getBusinesses(['name']);
    const other = await launch(world, { ads: 1 });
    const now = Math.floor(Date.parse(world.nowIso) / 1000) + 4 * 86_400;
    const study = await new Business(business.id).createAdStudy([], {
      name: 'Test',
      type: 'SPLIT_TEST',
      start_time: now,
      end_time: now + 86_400,
      cells: [
        { name: 'A', treatment_percentage: 50, adsets: [adSetId] },
        { name: 'B', treatment_percentage: 50, adsets: [other.adSetId] },
      ],
    });
    expect((await new Campaign(campaignId).getAdStudies(['name'])).map((one: Body) => one.id)).toEqual([study.id]);
    const period = { budget_value: 100, budget_value_type: 'ABSOLUTE', time_start: now, time_end: now + 20_000 };
    await new AdSet(adSetId).createBudgetSchedule([], period);
    const [page] = await new User('me').getAccounts(['access_token']);
    const pageApi = new FacebookAdsApi(page.access_token, 'en_US', false);
    const form = await new Page(page.id, {}, undefined, pageApi).createLeadGenForm([], {
      name: 'Ask',
      questions: [{ type: 'EMAIL' }],
      privacy_policy: { url: 'https://shop.example/privacy' },
    });
    expect((await new LeadgenForm(form.id, {}, undefined, pageApi).getLeads([])).length).toBe(0);

    const spec = { name: 'Bulk', adset_id: adSetId, status: 'PAUSED' };
    const set = await FacebookAdsApi.getDefaultApi().call('POST', [world.account, 'asyncadrequestsets'], {
      name: 'Many',
      ad_specs: [{ ...spec, creative: creativeParams(world.page) }, spec],
    });
    await world.advance(1000);
    const read = await FacebookAdsApi.getDefaultApi().call('GET', [set.id], {
      fields: 'is_completed,total_count,success_count,error_count',
    });
    expect(read).toMatchObject({ is_completed: true, total_count: 2, success_count: 1, error_count: 1 });
  });

  test('errors are its own, with everything in them', async () => {
    const error = await failure(account.createCampaign([], { ...CAMPAIGN, daily_budget: 1 }));
    expect(error.name).toBe('FacebookRequestError');
    expect(error.status).toBe(400);
    expect(error.response).toMatchObject({
      code: 100,
      error_subcode: 1885272,
      is_transient: false,
      error_user_title: 'Budget Is Too Low',
      error_data: { blame_field_specs: [['daily_budget']] },
      fbtrace_id: expect.stringMatching(/^A/),
    });
    expect((await failure(account.read(['shoe_size']))).response.message).toBe(
      '(#100) Tried accessing nonexisting field (shoe_size) on node type (AdAccount)',
    );
  });
});
