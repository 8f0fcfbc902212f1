import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, CAMPAIGN, launch, makeWorld, PNG, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
let world: World;

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
});
afterAll(() => simulator.close());

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${simulator.url}/v26.0/${path}`, { method: 'POST', body, headers });

describe('every style of request that clients send', () => {
  test('form bodies carry objects as JSON text and the token in the body', async () => {
    const form = new URLSearchParams({
      ...CAMPAIGN,
      special_ad_categories: '[]',
      is_adset_budget_sharing_enabled: 'False',
      access_token: world.accessToken,
    });
    const made = await (await post(`${world.account}/campaigns`, form)).json();
    expect(made.id).toMatch(/^1202\d{14}$/);
  });

  test('the token may stand in the query, in the body or in the header', async () => {
    const byQuery = await fetch(`${simulator.url}/v26.0/me?access_token=${world.accessToken}`);
    const byHeader = await fetch(`${simulator.url}/v26.0/me/`, {
      headers: { authorization: `OAuth ${world.accessToken}` },
    });
    expect((await byQuery.json()).id).toBe(world.userId);
    expect((await byHeader.json()).name).toBe(world.personName);
  });

  test('multipart uploads answer under the file name, base64 under bytes, and the same bytes are the same image', async () => {
    const file = new FormData();
    file.set('access_token', world.accessToken);
    file.set('source', new Blob([Buffer.from(PNG, 'base64')], { type: 'image/png' }), 'bread.png');
    const uploaded = await (await post(`${world.account}/adimages`, file)).json();
    const encoded = await world.call('POST', `${world.account}/adimages`, { bytes: PNG });
    expect(uploaded.images['bread.png'].hash).toMatch(/^[0-9a-f]{32}$/);
    expect(encoded.body.images.bytes.hash).toBe(uploaded.images['bread.png'].hash);
    expect((await fetch(encoded.body.images.bytes.url)).headers.get('content-type')).toBe('image/png');
  });

  test('lists and objects are read leniently', async () => {
    const found = await world.call('GET', `${world.account}/campaigns`, {
      fields: '["name","status"]',
      filtering: "[{field:'name',operator:'CONTAIN',value:'Autumn'},]",
    });
    expect(found.status).toBe(200);
    expect(found.body.data[0]).toEqual({ name: 'Autumn', status: 'PAUSED', id: expect.any(String) });
  });

  test('PUT updates, a POST may say it is a DELETE, and slashes at the end do no harm', async () => {
    const made = await world.call('POST', `${world.account}/campaigns`, CAMPAIGN);
    const renamed = await fetch(
      `${simulator.url}/v26.0/${made.body.id}/?access_token=${world.accessToken}&name=Later`,
      { method: 'PUT' },
    );
    expect(await renamed.json()).toEqual({ success: true });
    await post(made.body.id, new URLSearchParams({ method: 'delete', access_token: world.accessToken }));
    const read = await world.call('GET', made.body.id, { fields: 'name,effective_status' });
    expect(read.body).toEqual({ name: 'Later', effective_status: 'DELETED', id: made.body.id });
  });

  test('an app that requires proofs refuses calls without one and with a wrong one', async () => {
    await simulator.admin('POST', 'apps', { id: 'proof-app', secret: 'proof-secret', requireProof: true });
    const guarded = await makeWorld(simulator, { appId: 'proof-app' });
    const proof = createHmac('sha256', 'proof-secret').update(guarded.accessToken).digest('hex');
    expect((await guarded.call('GET', 'me')).body.error).toMatchObject({ code: 100, type: 'GraphMethodException' });
    expect((await guarded.call('GET', 'me', { appsecret_proof: 'no' })).body.error.message).toContain(
      'Invalid appsecret_proof',
    );
    expect((await guarded.call('GET', 'me', { appsecret_proof: proof })).status).toBe(200);
  });
});

describe('fields, edges and pages', () => {
  test('expansion goes through edges and nodes with their own limits', async () => {
    const own = await makeWorld(simulator);
    const { campaignId } = await launch(own, { ads: 3 });
    const read = await own.call('GET', campaignId, {
      fields: 'name, adsets.limit(1){name,ads.limit(2).as(some){name,creative{object_story_spec},adset{id,name}}}',
    });
    const [adSet] = read.body.adsets.data;
    expect(adSet.some.data).toHaveLength(2);
    expect(adSet.some.data[0].creative.object_story_spec.link_data.name).toBe('Order today');
    expect(adSet.some.data[0].adset).toEqual({ id: adSet.id, name: 'Everyone' });
    expect(adSet.some.paging.next).toContain(`${simulator.url}/v26.0/${adSet.id}/`);
  });

  test('pages follow one another by absolute links until next is absent, each object once', async () => {
    const own = await makeWorld(simulator);
    for (let at = 0; at < 7; at++) await own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, name: `C${at}` });
    const names: string[] = [];
    let next: string | undefined =
      `${simulator.url}/v26.0/${own.account}/campaigns?fields=name&limit=3&access_token=${own.accessToken}`;
    while (next) {
      const page: Body = await (await fetch(next)).json();
      names.push(...page.data.map((one: { name: string }) => one.name));
      next = page.paging.next;
    }
    expect(names.sort()).toEqual(['C0', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6']);
  });

  test('a foreign cursor is refused, a summary counts, a deleted object is read by id only', async () => {
    const own = await makeWorld(simulator);
    const made = await own.call('POST', `${own.account}/campaigns`, CAMPAIGN);
    const counted = await own.call('GET', `${own.account}/campaigns`, { summary: 'total_count' });
    expect(counted.body.summary.total_count).toBe(1);
    for (const after of ['MAZDZD', '!!!', Buffer.from('c:12').toString('base64url')])
      expect((await own.call('GET', `${own.account}/campaigns`, { after })).body.error).toMatchObject({
        code: 2642,
        message: '(#2642) Invalid cursors values',
      });
    await own.call('DELETE', made.body.id);
    expect((await own.call('GET', `${own.account}/campaigns`)).body).toEqual({ data: [] });
    const listed = await own.call('GET', `${own.account}/campaigns`, { effective_status: ['DELETED'] });
    expect(listed.body.data).toEqual([{ id: made.body.id }]);
  });

  test('labels are made by name and found again', async () => {
    const own = await makeWorld(simulator);
    const made = await own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, adlabels: [{ name: 'deploy-1' }] });
    const labels = await own.call('GET', `${own.account}/adlabels`, { fields: 'name' });
    const found = await own.call('GET', `${own.account}/campaignsbylabels`, {
      ad_label_ids: [labels.body.data[0].id],
      fields: 'name',
    });
    expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([made.body.id]);
  });
});

describe('batches', () => {
  const batch = async (items: unknown[], extra: Record<string, string> = {}) => {
    const form = new URLSearchParams({ access_token: world.accessToken, batch: JSON.stringify(items), ...extra });
    return (await post('', form)).json();
  };

  test('answers stand in order as text, references reach earlier results, failures stay with their item', async () => {
    const body = new URLSearchParams({
      ...CAMPAIGN,
      special_ad_categories: '[]',
      is_adset_budget_sharing_enabled: 'false',
      name: 'Batched',
    });
    const answers = await batch([
      {
        method: 'POST',
        relative_url: `v26.0/${world.account}/campaigns`,
        body: body.toString(),
        name: 'made',
        omit_response_on_success: false,
      },
      { method: 'GET', relative_url: '{result=made:$.id}?fields=name' },
      { method: 'GET', relative_url: '12029999' },
      { method: 'GET', relative_url: 'me' },
    ]);
    expect(answers.map((one: { code: number }) => one.code)).toEqual([200, 200, 400, 200]);
    expect(JSON.parse(answers[1].body)).toEqual({ name: 'Batched', id: JSON.parse(answers[0].body).id });
    expect(JSON.parse(answers[2].body).error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  test('what others refer to is left out, and what depends on a failure fails', async () => {
    const answers = await batch([
      { method: 'GET', relative_url: `${world.account}/campaigns?limit=1`, name: 'list' },
      { method: 'GET', relative_url: '{result=list:$.data.*.id}?fields=id' },
      { method: 'POST', relative_url: `${world.account}/campaigns`, body: 'name=x', name: 'broken' },
      { method: 'GET', relative_url: '{result=broken:$.id}' },
    ]);
    expect(answers[0]).toBeNull();
    expect(answers[1].code).toBe(200);
    expect(answers[3].code).toBe(400);
  });

  test('more than fifty are refused', async () => {
    const answer = await batch(Array.from({ length: 51 }, () => ({ method: 'GET', relative_url: 'me' })));
    expect(answer.error).toMatchObject({ code: 100, message: expect.stringContaining('Maximum batch size is 50') });
  });
});
