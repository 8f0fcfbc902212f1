import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adSetParams, type Body, CAMPAIGN, makeWorld, PNG, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
});
afterAll(() => simulator.close());

const encode = (params: object) =>
  new URLSearchParams(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString();
const send = async (items: object[], extra: Record<string, string> = {}, path = 'v26.0/'): Promise<Body> => {
  const body = new URLSearchParams({ access_token: world.accessToken, batch: JSON.stringify(items), ...extra });
  return (await fetch(`${simulator.url}/${path}`, { method: 'POST', body })).json();
};
const bodyOf = (item: Body): Body => JSON.parse(item.body);

describe('a batch', () => {
  test('deploys a whole campaign: each item uses what earlier ones made, an image comes as an attached file', async () => {
    const set = adSetParams(world, '{result=campaign:$.id}');
    const creative = {
      name: 'Picture',
      object_story_spec: {
        page_id: world.page,
        link_data: { link: 'https://shop.example/', image_hash: '{result=image:$.images.*.hash}' },
      },
    };
    const form = new FormData();
    form.set('access_token', world.accessToken);
    form.set('bread', new Blob([Buffer.from(PNG, 'base64')], { type: 'image/png' }), 'bread.png');
    form.set(
      'batch',
      JSON.stringify([
        { method: 'POST', name: 'campaign', relative_url: `${world.account}/campaigns`, body: encode(CAMPAIGN) },
        { method: 'POST', name: 'image', relative_url: `${world.account}/adimages`, attached_files: 'bread' },
        { method: 'POST', name: 'set', relative_url: `${world.account}/adsets`, body: encode(set) },
        { method: 'POST', name: 'creative', relative_url: `${world.account}/adcreatives`, body: encode(creative) },
        {
          method: 'POST',
          relative_url: `${world.account}/ads`,
          body: encode({
            name: 'Ad',
            adset_id: '{result=set:$.id}',
            creative: { creative_id: '{result=creative:$.id}' },
            status: 'PAUSED',
          }),
        },
      ]),
    );
    const answers: Body = await (await fetch(`${simulator.url}/v26.0/`, { method: 'POST', body: form })).json();
    expect(answers.slice(0, 4)).toEqual([null, null, null, null]);
    expect(answers[4].code).toBe(200);
    const ad = (await world.call('GET', bodyOf(answers[4]).id, { fields: 'adset{name},creative{image_hash}' })).body;
    expect(ad.creative.image_hash).toMatch(/^[0-9a-f]{32}$/);
    expect(ad.adset.name).toBe('Everyone');
  });

  test('omits what others use unless told otherwise, never omits a failure, and takes references forwards and by depth', async () => {
    const answers = await send([
      { method: 'GET', relative_url: '{result=accounts:$..id}?fields=name' },
      { method: 'GET', name: 'accounts', relative_url: 'me/adaccounts?fields=id', omit_response_on_success: false },
      { method: 'GET', name: 'quiet', relative_url: 'me', omit_response_on_success: true },
      { method: 'GET', name: 'bad', relative_url: '12020000', omit_response_on_success: true },
      { method: 'GET', relative_url: 'me', depends_on: 'bad' },
      { method: 'GET', relative_url: '{result=nobody:$.id}' },
    ]);
    expect(bodyOf(answers[0]).id).toBe(world.account);
    expect(answers[1].code).toBe(200);
    expect(answers[2]).toBeNull();
    expect(answers.slice(3).map((one: Body) => one.code)).toEqual([400, 400, 400]);
  });

  test('whose items wait for each other in a circle ends', async () => {
    const answers = await send([
      { method: 'GET', name: 'a', relative_url: 'me', depends_on: 'b' },
      { method: 'GET', name: 'b', relative_url: 'me', depends_on: 'a' },
    ]);
    expect(answers.map((one: Body) => one?.code ?? null)).toEqual([400, 400]);
  });

  test('fails as a whole for a bad token, no token, items without a method', async () => {
    expect((await send([{ method: 'GET', relative_url: 'me' }], { access_token: 'EAAnobody' })).error.code).toBe(190);
    expect((await send([{ method: 'GET', relative_url: 'me' }], { access_token: '' })).error.code).toBe(104);
    expect((await send([{ relative_url: 'me' }])).error.code).toBe(100);
  });

  test('takes a token per item, leaves headers out when asked, needs a version for ads', async () => {
    const other = await makeWorld(simulator);
    const answers = await send(
      [
        { method: 'GET', relative_url: 'me', access_token: other.accessToken },
        { method: 'GET', relative_url: `${world.account}?fields=name` },
        { method: 'GET', relative_url: `v26.0/${world.account}?fields=name` },
      ],
      { include_headers: 'false' },
      '',
    );
    expect(bodyOf(answers[0]).id).toBe(other.userId);
    expect(answers[0].headers).toBeUndefined();
    expect(bodyOf(answers[1]).error.code).toBe(2635);
    expect(answers[2].code).toBe(200);
  });

  test('may leave an item undone when a fault says so', async () => {
    await simulator.admin('POST', 'faults', { kind: 'batch_null', world: world.worldId, match: { path: '/me' } });
    const answers = await send([
      { method: 'GET', relative_url: 'me' },
      { method: 'GET', relative_url: 'me' },
    ]);
    expect(answers[0]).toBeNull();
    expect(answers[1].code).toBe(200);
  });
});

test('a proof may be dated', async () => {
  await simulator.admin('POST', 'apps', { id: 'dated-app', secret: 'dated-secret', requireProof: true });
  const own = await makeWorld(simulator, { appId: 'dated-app' });
  const time = '1790000000';
  const sign = (text: string) => createHmac('sha256', 'dated-secret').update(text).digest('hex');
  const dated = { appsecret_proof: sign(`${own.accessToken}|${time}`), appsecret_time: time };
  expect((await own.call('GET', 'me', dated)).status).toBe(200);
  expect((await own.call('GET', 'me', { ...dated, appsecret_time: '1790000001' })).body.error.code).toBe(100);
});

test('reading several objects by ids is gone, unless the simulator is told to keep it', async () => {
  expect((await world.call('GET', '', { ids: `${world.account},me` })).body.error.code).toBe(100);
  const old = await startSimulator({ legacyFeatures: true });
  const own = await makeWorld(old);
  const read = (await own.call('GET', '', { ids: `${own.account},${own.page}`, fields: 'name' })).body;
  expect(Object.keys(read)).toEqual([own.account, own.page]);
  await old.close();
});

test('an empty page in a list leads on to the rows it left out', async () => {
  const own = await makeWorld(simulator);
  for (const name of ['a', 'b', 'c']) await own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, name });
  await simulator.admin('POST', 'faults', { kind: 'empty_page', world: own.worldId, nth: 2 });
  const names: string[] = [];
  let page = (await own.call('GET', `${own.account}/campaigns`, { fields: 'name', limit: 1 })).body;
  const sizes: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    sizes.push(page.data.length);
    names.push(...page.data.map((one: Body) => one.name));
    if (!page.paging?.next) break;
    page = await (await fetch(page.paging.next)).json();
  }
  expect(names).toEqual(['c', 'b', 'a']);
  expect(sizes).toEqual([1, 0, 1, 1]);
});

describe('an asynchronous batch', () => {
  const start = (own: World, adbatch: unknown) =>
    own.call('POST', `${own.account}/async_batch_requests`, { name: 'Copies', adbatch });

  test('carries out its items as one batch would, and tells each outcome only when its time has come', async () => {
    const own = await makeWorld(simulator);
    const campaign = new URLSearchParams({ ...CAMPAIGN, special_ad_categories: '[]', name: 'By batch' } as never);
    const { body: set } = await start(own, [
      { name: 'first', relative_url: `${own.account}/campaigns`, body: String(campaign) },
      { name: 'rename', relative_url: '{result=first:$.id}', body: 'name=Renamed' },
      { name: 'broken', relative_url: `${own.account}/campaigns`, body: 'name=Nothing+else' },
      { name: 'after', relative_url: '{result=broken:$.id}', body: 'name=Never' },
    ]);
    expect(set).toEqual({ id: expect.stringMatching(/^\d{15,18}$/) });
    const counts = 'is_completed,total_count,in_progress_count,success_count,error_count';
    await own.advance(1000);
    expect((await own.call('GET', set.id, { fields: counts })).body).toEqual({
      id: set.id,
      is_completed: true,
      total_count: 4,
      in_progress_count: 0,
      success_count: 2,
      error_count: 2,
    });
    const { data } = (await own.call('GET', `${set.id}/requests`, { fields: 'status,input,result' })).body;
    const byName = Object.fromEntries(data.map((one: Body) => [one.input.name, one]));
    expect([byName.first.status, byName.rename.status, byName.broken.status, byName.after.status]).toEqual([
      'SUCCESS',
      'SUCCESS',
      'ERROR',
      'ERROR',
    ]);
    expect(byName.broken.result.error.code).toBe(100);
    const made = (await own.call('GET', byName.first.result.id, { fields: 'name' })).body;
    expect(made.name).toBe('Renamed');
  });

  test('refuses what is no list of calls, and does not outlive its account’s permissions', async () => {
    const own = await makeWorld(simulator);
    for (const bad of [undefined, [], ['x'], [{ name: 'no address' }], [{ relative_url: 'no name' }]])
      expect((await start(own, bad)).body.error.code).toBe(100);
    await simulator.admin('POST', `worlds/${own.worldId}/permissions`, {
      permission: 'ads_management',
      status: 'declined',
    });
    const item = { name: 'x', relative_url: `${own.account}/campaigns`, body: 'name=x' };
    expect((await start(own, [item])).status).toBeGreaterThanOrEqual(400);
  });

  test('takes more items than one batch, each counted', async () => {
    const own = await makeWorld(simulator);
    const items = Array.from({ length: 60 }, (_, at) => ({
      name: `n${at}`,
      relative_url: `${own.account}/adlabels`,
      body: `name=label-${at}`,
    }));
    const { body: set } = await start(own, items);
    await own.advance(1000);
    const { body } = await own.call('GET', set.id, { fields: 'success_count,error_count' });
    expect([body.success_count, body.error_count]).toEqual([60, 0]);
  });
});
