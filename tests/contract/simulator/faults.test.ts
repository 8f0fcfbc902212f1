import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Body, CAMPAIGN, DAY, launch, makeWorld, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
let world: World;
beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
});
afterEach(() => simulator.admin('DELETE', 'faults'));
afterAll(() => simulator.close());

const set = (fault: Record<string, unknown>) => simulator.admin('POST', 'faults', fault);
const campaigns = async () =>
  ((await world.call('GET', `${world.account}/campaigns`, { fields: 'name', limit: 100 })).body.data as Body[]).map(
    (one) => one.name,
  );
const create = (name: string) => world.call('POST', `${world.account}/campaigns`, { ...CAMPAIGN, name });

describe('faults on demand', () => {
  test('a line cut before the request leaves nothing, one cut after it leaves the object', async () => {
    await set({ kind: 'drop_before', match: { method: 'POST', path: '/campaigns' } });
    await expect(create('never')).rejects.toThrow();
    await set({ kind: 'drop_after', match: { method: 'POST', path: '/campaigns' } });
    await expect(create('lost answer')).rejects.toThrow();
    const names = await campaigns();
    expect(names).not.toContain('never');
    expect(names).toContain('lost answer');
  });

  test('errors come on the n-th request, as often as asked, to the account asked for', async () => {
    const other = await makeWorld(simulator, { seed: 12 });
    await set({ kind: 'throttle', account: world.account, nth: 2, times: 2, match: { path: '/^\\/act_\\d+$/' } });
    const codes: number[] = [];
    for (let at = 0; at < 4; at++) codes.push((await world.call('GET', world.account)).body.error?.code ?? 0);
    expect(codes).toEqual([0, 17, 17, 0]);
    expect((await other.call('GET', other.account)).status).toBe(200);
  });

  test('an error may come after the deed', async () => {
    await set({ kind: 'http_500', match: { method: 'POST', path: '/campaigns' }, params: { after: true } });
    const answer = await create('done all the same');
    expect(answer.status).toBe(500);
    expect(answer.body.error).toMatchObject({ code: 1 });
    expect(await campaigns()).toContain('done all the same');
  });

  test('answers can be HTML, cut, malformed, late or of wrong types', async () => {
    const url = `${simulator.url}/v26.0/${world.account}?fields=amount_spent&access_token=${world.accessToken}`;
    await set({ kind: 'html_502' });
    const html = await fetch(url);
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    for (const kind of ['cut_json', 'malformed']) {
      await set({ kind });
      await expect((await fetch(url)).json()).rejects.toThrow(SyntaxError);
    }
    await set({ kind: 'wrong_types' });
    expect(((await (await fetch(url)).json()) as Body).amount_spent).toBe(0);
    await set({ kind: 'latency', params: { ms: 120 } });
    const began = performance.now();
    await fetch(url);
    expect(performance.now() - began).toBeGreaterThan(100);
  });

  test('lists can repeat rows, turn round, run in circles or come up empty', async () => {
    for (const name of ['one', 'two']) await create(name);
    const plain = await campaigns();
    await set({ kind: 'duplicate_rows' });
    expect(await campaigns()).toHaveLength(plain.length + 1);
    await set({ kind: 'reordered_rows' });
    expect(await campaigns()).toEqual([...plain].reverse());
    await set({ kind: 'empty_page' });
    expect(await campaigns()).toEqual([]);
    await set({ kind: 'cursor_loop', times: 0 });
    const first: Body = (await world.call('GET', `${world.account}/campaigns`, { limit: 1 })).body;
    const second: Body = await (await fetch(`${first.paging.next}&access_token=${world.accessToken}`)).json();
    expect(second.paging.next.split('?')[0]).toBe(first.paging.next.split('?')[0]);
  });

  test('what was made may not be found for a while, and may differ from what was sent', async () => {
    await set({ kind: 'lookup_lag', match: { method: 'POST' }, params: { ms: 300 } });
    const made = await create('late to appear');
    expect(await campaigns()).not.toContain('late to appear');
    expect((await world.call('GET', made.body.id)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(await campaigns()).toContain('late to appear');
    await set({
      kind: 'silent_change',
      match: { method: 'POST' },
      params: { field: 'name', value: 'Meta knows better' },
    });
    const changed = await create('mine');
    expect((await world.call('GET', changed.body.id, { fields: 'name' })).body.name).toBe('Meta knows better');
  });

  test('a person can edit by hand, and it shows in the activities', async () => {
    const own = await makeWorld(simulator);
    const { adSetId } = await launch(own, { ads: 1 });
    await simulator.admin('POST', `worlds/${own.worldId}/edit`, {
      objectId: adSetId,
      set: { daily_budget: '9900' },
      status: 'PAUSED',
    });
    expect((await own.call('GET', adSetId, { fields: 'daily_budget,status' })).body).toMatchObject({
      daily_budget: '9900',
      status: 'PAUSED',
    });
    const activities: Body[] = (await own.call('GET', `${own.account}/activities`)).body.data;
    expect(activities[0]).toMatchObject({ actor_name: 'A person in Ads Manager', object_id: adSetId });
    expect(activities.map((one) => one.event_type)).toEqual(
      expect.arrayContaining(['create_campaign_group', 'create_ad_set', 'create_ad', 'update_campaign_run_status']),
    );
  });

  test('shocks: tracking lost, a shop that is down', async () => {
    const own = await makeWorld(simulator, { seed: 6 });
    await launch(own, { adSet: { daily_budget: 30_000 } });
    await simulator.admin('POST', `worlds/${own.worldId}/shocks`, {
      accountId: own.account,
      kind: 'tracking_lost',
      hours: 72,
    });
    await own.advance(3 * DAY);
    const truth = await simulator.admin('GET', `worlds/${own.worldId}/truth`);
    const ads: Body[] = truth.accounts[0].ads;
    expect(ads.reduce((total, ad) => total + ad.lostResults, 0)).toBeGreaterThan(10);
    const rows: Body[] = (
      await own.call('GET', `${own.account}/insights`, { fields: 'actions,clicks', date_preset: 'maximum' })
    ).body.data;
    expect(JSON.stringify(rows)).not.toContain('purchase');
    expect(Number(rows[0].clicks)).toBeGreaterThan(100);
  });
});

describe('the record of requests', () => {
  test('holds each request with its effect, and no token in clear', async () => {
    const own = await makeWorld(simulator);
    await own.call('POST', `${own.account}/campaigns`, { ...CAMPAIGN, access_token: own.accessToken });
    await own.call('GET', own.account, { fields: 'nonsense' });
    const { requests } = await simulator.admin('GET', `requests?account=${own.account}`);
    expect(requests.map((one: Body) => [one.method, one.path, one.status])).toEqual([
      ['POST', `/${own.account}/campaigns`, 200],
      ['GET', `/${own.account}`, 400],
    ]);
    expect(requests[0].appliedObjectId).toMatch(/^1202/);
    expect(requests[0].params.access_token).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(requests[1].errorCode).toBe(100);
    expect(JSON.stringify(requests)).not.toContain(own.accessToken);
    await simulator.admin('DELETE', `requests?account=${own.account}`);
    expect((await simulator.admin('GET', `requests?account=${own.account}`)).requests).toEqual([]);
  });

  test('the world of an account is found, and a world can be deleted', async () => {
    const own = await makeWorld(simulator, { id: 'my-world' });
    expect((await makeWorld(simulator, { id: 'my-world' })).account).toBe(own.account);
    expect((await simulator.admin('GET', `worlds?account=${own.account}`)).worlds[0].worldId).toBe('my-world');
    await simulator.admin('DELETE', 'worlds/my-world');
    await expect(simulator.admin('GET', `worlds?account=${own.account}`)).rejects.toThrow('no world has');
    expect((await own.call('GET', 'me')).body.error.code).toBe(190);
  });
});
