import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Body,
  caller,
  creativeParams,
  DAY,
  HOUR,
  launch,
  makeWorld,
  type Simulator,
  startSimulator,
  type World,
} from './world';

let simulator: Simulator;
let answerStatus = 200;
const heard: { body: string; signature: string }[] = [];
const listener = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET') {
    const isRight =
      url.searchParams.get('hub.verify_token') === 'mine' && url.searchParams.get('hub.mode') === 'subscribe';
    response.writeHead(isRight ? 200 : 403).end(url.searchParams.get('hub.challenge'));
    return;
  }
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    if (answerStatus === 200) heard.push({ body, signature: String(request.headers['x-hub-signature-256']) });
    response.writeHead(answerStatus).end();
  });
});
let address = '';

beforeAll(async () => {
  simulator = await startSimulator();
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks`;
});
afterAll(async () => {
  await simulator.close();
  listener.close();
});
beforeEach(() => {
  heard.length = 0;
  answerStatus = 200;
});

const appCall = (method: string, params: Record<string, string> = {}) =>
  fetch(
    `${simulator.url}/v26.0/simulated-app/subscriptions?${new URLSearchParams({ access_token: 'simulated-app|simulated-secret', ...params })}`,
    {
      method,
    },
  ).then((answer) => answer.json() as Promise<Body>);
const wish = (extra: Record<string, string> = {}) => ({
  object: 'page',
  callback_url: address,
  fields: 'leadgen',
  verify_token: 'mine',
  ...extra,
});

const FORM = {
  name: 'Ask us',
  questions: [
    { type: 'FULL_NAME' },
    { type: 'EMAIL' },
    { type: 'CUSTOM', key: 'size', label: 'Size?', options: [{ key: 's', value: 'Small' }] },
  ],
  privacy_policy: { url: 'https://shop.example/privacy', link_text: 'Privacy' },
};

async function pageOf(world: World) {
  const { access_token: token } = (await world.call('GET', world.page, { fields: 'access_token' })).body;
  return caller(simulator.url, token);
}

/** A running campaign whose one ad opens an instant form. */
async function leadCampaign(world: World) {
  const asPage = await pageOf(world);
  const form = (await asPage('POST', `${world.page}/leadgen_forms`, FORM)).body.id as string;
  const { adSetId, campaignId } = await launch(world, {
    ads: 0,
    campaign: { objective: 'OUTCOME_LEADS' },
    adSet: {
      destination_type: 'ON_AD',
      optimization_goal: 'LEAD_GENERATION',
      promoted_object: { page_id: world.page },
    },
  });
  const creative = creativeParams(world.page);
  (creative.object_story_spec as Body).link_data.call_to_action = {
    type: 'SIGN_UP',
    value: { lead_gen_form_id: form },
  };
  const made = await world.call('POST', `${world.account}/adcreatives`, creative);
  const ad = await world.call('POST', `${world.account}/ads`, {
    name: 'Form',
    adset_id: adSetId,
    creative: { creative_id: made.body.id },
    status: 'ACTIVE',
  });
  return { asPage, form, adId: ad.body.id as string, adSetId, campaignId };
}

describe('an app subscribes', () => {
  test('with its own token, after its address echoed the challenge', async () => {
    expect((await appCall('POST', wish({ verify_token: 'other' }))).error).toMatchObject({ code: 2200 });
    expect((await appCall('POST', wish({ callback_url: 'http://127.0.0.1:1/' }))).error.code).toBe(2200);
    expect((await appCall('POST', wish({ access_token: 'nobody' }))).error.code).toBe(15);
    expect(await appCall('POST', wish())).toEqual({ success: true });
    expect((await appCall('GET')).data).toEqual([
      { object: 'page', callback_url: address, active: true, fields: [{ name: 'leadgen', version: 'v26.0' }] },
    ]);
  });

  test('and hears of leads of the Pages it was subscribed to, signed, each once, found again by their ids', async () => {
    await appCall('POST', wish());
    const world = await makeWorld(simulator);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    const { asPage, form, adId, adSetId } = await leadCampaign(world);
    await world.advance(DAY);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    expect(heard).toEqual([]);

    expect((await world.call('POST', `${world.page}/subscribed_apps`, { subscribed_fields: 'leadgen' })).status).toBe(
      403,
    );
    await asPage('POST', `${world.page}/subscribed_apps`, { subscribed_fields: ['leadgen'] });
    expect((await asPage('GET', `${world.page}/subscribed_apps`)).body.data[0].subscribed_fields).toEqual(['leadgen']);
    await world.advance(2 * DAY);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);

    const [first] = heard;
    const signature = createHmac('sha256', 'simulated-secret')
      .update(first?.body ?? '')
      .digest('hex');
    expect(first?.signature).toBe(`sha256=${signature}`);
    const changes = heard.flatMap(({ body }) => JSON.parse(body).entry.flatMap((entry: Body) => entry.changes));
    const ids = changes.map((change: Body) => change.value.leadgen_id);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    expect(changes[0]).toMatchObject({
      field: 'leadgen',
      value: { form_id: form, page_id: world.page, ad_id: adId, adgroup_id: adId, created_time: expect.any(Number) },
    });

    const lead = (await asPage('GET', ids[0])).body;
    expect(lead).toMatchObject({ id: ids[0], ad_id: adId, adset_id: adSetId, form_id: form, is_organic: false });
    expect(lead.created_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    expect(lead.field_data.map((one: Body) => one.name)).toEqual(['full_name', 'email', 'size']);
    const listed = (await asPage('GET', `${form}/leads`, { fields: 'id', limit: 500 })).body.data;
    expect(listed).toContainEqual({ id: ids[0] });
  });

  test('a message that was not taken is sent again', async () => {
    await appCall('POST', wish());
    const world = await makeWorld(simulator);
    const { asPage, form } = await leadCampaign(world);
    await asPage('POST', `${world.page}/subscribed_apps`, { subscribed_fields: 'leadgen' });
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    answerStatus = 500;
    const test = await asPage('POST', `${form}/test_leads`, {
      field_data: [{ name: 'email', values: ['a@b.example'] }],
    });
    await world.advance(1000);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    expect(heard).toEqual([]);
    answerStatus = 200;
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    expect(heard.map(({ body }) => JSON.parse(body).entry[0].changes[0].value.leadgen_id)).toEqual([test.body.id]);
  });

  test('and of ads that were refused', async () => {
    await appCall('POST', wish({ object: 'ad_account', fields: 'with_issues_ad_objects,in_process_ad_objects' }));
    const world = await makeWorld(simulator);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    const { adSetId } = await launch(world, { ads: 0 });
    const creative = creativeParams(world.page);
    (creative.object_story_spec as Body).link_data.message = 'A miracle cure';
    const ad = await world.call('POST', `${world.account}/ads`, {
      name: 'Bad',
      adset_id: adSetId,
      creative,
      status: 'ACTIVE',
    });
    await world.advance(4 * HOUR);
    await simulator.admin('POST', `worlds/${world.worldId}/webhooks`);
    const changes = heard.flatMap(({ body }) => JSON.parse(body).entry[0].changes);
    expect(changes).toContainEqual({
      field: 'with_issues_ad_objects',
      value: expect.objectContaining({ id: ad.body.id, level: 'AD', error_summary: 'Ad Not Approved' }),
    });
  });
});

describe('instant forms and their leads', () => {
  test('belong to the Page: its token alone lists and publishes them', async () => {
    const world = await makeWorld(simulator);
    expect((await world.call('POST', `${world.page}/leadgen_forms`, FORM)).body.error).toMatchObject({
      code: 190,
      message: 'This method must be called with a Page Access Token',
    });
    expect((await world.call('GET', `${world.page}/leadgen_forms`)).status).toBe(400);
  });

  const wrong: [string, object, number][] = [
    ['an unknown question', { questions: [{ type: 'SHOE_SIZE' }] }, 100],
    ['a question of one’s own without a label', { questions: [{ type: 'CUSTOM' }] }, 100],
    ['no privacy policy', { privacy_policy: undefined }, 100],
    ['an unknown language', { locale: 'XX_YY' }, 100],
    ['an unknown button', { thank_you_page: { button_type: 'DANCE' } }, 100],
  ];
  test.each(wrong)('are refused for %s', async (_why, change, code) => {
    const world = await makeWorld(simulator);
    const asPage = await pageOf(world);
    expect((await asPage('POST', `${world.page}/leadgen_forms`, { ...FORM, ...change })).body.error.code).toBe(code);
  });

  test('need the Page’s consent to their terms', async () => {
    const world = await makeWorld(simulator);
    const asPage = await pageOf(world);
    await simulator.admin('POST', `worlds/${world.worldId}/edit`, {
      objectId: world.page,
      set: { leadgen_tos_accepted: false },
    });
    expect((await asPage('POST', `${world.page}/leadgen_forms`, FORM)).body.error.error_subcode).toBe(1815089);
  });

  test('take one test lead at a time, which stands among the leads until it is deleted', async () => {
    const world = await makeWorld(simulator);
    const { asPage, form, adId } = await leadCampaign(world);
    const made = await asPage('POST', `${form}/test_leads`, {
      field_data: [{ name: 'email', values: ['a@b.example'] }],
    });
    expect((await asPage('POST', `${form}/test_leads`, {})).body.error.code).toBe(100);
    expect((await asPage('GET', `${form}/leads`, { fields: 'field_data' })).body.data).toEqual([
      { id: made.body.id, field_data: [{ name: 'email', values: ['a@b.example'] }] },
    ]);
    expect((await asPage('GET', made.body.id, { fields: 'shoe_size' })).body.error.code).toBe(100);
    expect((await asPage('DELETE', made.body.id)).body).toEqual({ success: true });
    expect((await asPage('GET', `${form}/leads`)).body.data).toEqual([]);

    await world.advance(3 * DAY);
    const all = (await world.call('GET', `${adId}/leads`, { limit: 1000 })).body.data;
    const middle = Math.floor(Date.parse(all[Math.floor(all.length / 2)].created_time.replace('+0000', 'Z')) / 1000);
    const late = (
      await world.call('GET', `${form}/leads`, {
        limit: 1000,
        filtering: [{ field: 'time_created', operator: 'GREATER_THAN', value: middle }],
      })
    ).body.data;
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(all.length);
    const page = (await world.call('GET', `${form}/leads`, { limit: 1, fields: 'id' })).body;
    expect(page.paging.next).toContain(`/${form}/leads?`);

    await simulator.admin('POST', `worlds/${world.worldId}/permissions`, {
      permission: 'leads_retrieval',
      status: 'declined',
    });
    expect((await world.call('GET', `${adId}/leads`)).body.error.code).toBe(200);
    expect((await world.call('GET', all[0].id)).body.error.code).toBe(200);
  });
});
