import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, DAY, HOUR, launch, makeWorld, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const edit = (world: World, objectId: string, change: object) =>
  simulator.admin('POST', `worlds/${world.worldId}/edit`, { objectId, ...change });
const status = async (world: World, id: string): Promise<string> =>
  (await world.call('GET', id, { fields: 'effective_status' })).body.effective_status;
const spend = async (world: World, id: string): Promise<number> =>
  Number(
    (await world.call('GET', `${id}/insights`, { fields: 'spend', date_preset: 'maximum' })).body.data[0]?.spend ?? 0,
  );
const ISSUE = { error_code: 1487901, error_summary: 'Budget is too low', error_message: 'Raise it.' };

test('a hard error stops delivery and shows as WITH_ISSUES, a soft one only as a note', async () => {
  const world = await makeWorld(simulator);
  const { campaignId, adSetId, adIds } = await launch(world, { ads: 2 });
  await world.advance(DAY);
  await edit(world, adSetId, { issues: [{ ...ISSUE, error_type: 'SOFT_ERROR' }] });
  expect(await status(world, adSetId)).toBe('ACTIVE');

  await edit(world, adSetId, { issues: [ISSUE] });
  const before = await spend(world, adSetId);
  expect(before).toBeGreaterThan(0);
  expect(await status(world, adSetId)).toBe('WITH_ISSUES');
  const campaign = (await world.call('GET', campaignId, { fields: 'issues_info,effective_status' })).body;
  expect(campaign.issues_info).toEqual([{ ...ISSUE, level: 'AD_SET', error_type: 'HARD_ERROR', mid: '' }]);
  await world.advance(DAY);
  expect(await spend(world, adSetId)).toBe(before);

  await edit(world, adSetId, { issues: [] });
  await world.advance(DAY);
  expect(await spend(world, adSetId)).toBeGreaterThan(before);
  const listed = await world.call('GET', `${world.account}/ads`, {
    filtering: [{ field: 'effective_status', operator: 'IN', value: ['WITH_ISSUES'] }],
  });
  expect(listed.body.data).toEqual([]);
  await edit(world, adIds[0] as string, { issues: [ISSUE] });
  const found = await world.call('GET', `${world.account}/ads`, { effective_status: ['WITH_ISSUES'] });
  expect(found.body.data).toEqual([{ id: adIds[0] }]);
});

test('effective_status: gone before refused, refused before review, paused before parents, parents before billing, billing before issues', async () => {
  const world = await makeWorld(simulator);
  const { campaignId, adSetId, adIds } = await launch(world, { ads: 1 });
  const ad = adIds[0] as string;
  expect(await status(world, ad)).toBe('IN_PROCESS');
  await world.advance(60_000);
  expect(await status(world, ad)).toBe('PENDING_REVIEW');
  await world.call('POST', ad, { status: 'PAUSED' });
  expect(await status(world, ad)).toBe('PENDING_REVIEW');
  await edit(world, ad, { review: 'disapprove' });
  expect(await status(world, ad)).toBe('DISAPPROVED');
  await edit(world, ad, { review: 'approve' });

  // From here each step takes the strongest reason away and the next one shows.
  await edit(world, ad, { issues: [ISSUE] });
  await edit(world, world.account, { set: { funding_source: null } });
  await edit(world, adSetId, { status: 'PAUSED' });
  await edit(world, campaignId, { status: 'PAUSED' });
  expect(await status(world, ad)).toBe('PAUSED');
  await edit(world, ad, { status: 'ACTIVE' });
  expect(await status(world, ad)).toBe('CAMPAIGN_PAUSED');
  await edit(world, campaignId, { status: 'ACTIVE' });
  expect(await status(world, ad)).toBe('ADSET_PAUSED');
  await edit(world, adSetId, { status: 'ACTIVE' });
  expect(await status(world, ad)).toBe('PENDING_BILLING_INFO');
  await edit(world, world.account, { set: { funding_source: '60650000' } });
  expect(await status(world, ad)).toBe('WITH_ISSUES');
  await edit(world, ad, { issues: [] });
  expect(await status(world, ad)).toBe('ACTIVE');
  await edit(world, campaignId, { status: 'ARCHIVED' });
  expect(await status(world, ad)).toBe('ARCHIVED');
  await edit(world, adSetId, { status: 'DELETED' });
  expect(await status(world, ad)).toBe('DELETED');
});

test('an approved ad whose ad set begins later is pre-approved and spends nothing', async () => {
  const world = await makeWorld(simulator);
  const start = new Date(Date.parse(world.nowIso) + 2 * DAY).toISOString();
  const { adIds, campaignId } = await launch(world, { ads: 1, adSet: { start_time: start } });
  await world.advance(6 * HOUR);
  expect(await status(world, adIds[0] as string)).toBe('PREAPPROVED');
  expect(await spend(world, campaignId)).toBe(0);
  await world.advance(3 * DAY);
  expect(await status(world, adIds[0] as string)).toBe('ACTIVE');
  expect(await spend(world, campaignId)).toBeGreaterThan(0);
});

test('what happened to ads stands in the activities, by category, page by page', async () => {
  const world = await makeWorld(simulator);
  const { adIds, adSetId } = await launch(world, { ads: 2 });
  await world.advance(DAY);
  const types = async (params: object) =>
    (await world.call('GET', `${world.account}/activities`, { limit: 100, ...params })).body.data.map(
      (one: Body) => one.event_type,
    );
  expect(await types({})).toEqual(
    expect.arrayContaining(['ad_review_approved', 'first_delivery_event', 'create_ad_set']),
  );
  expect(new Set(await types({ category: 'AD_SET' }))).toEqual(new Set(['create_ad_set']));
  expect((await world.call('GET', `${world.account}/activities`, { category: 'WEATHER' })).body.error.code).toBe(100);
  const own = (await world.call('GET', `${adSetId}/activities`, { limit: 100 })).body.data;
  expect(own.every((one: Body) => [adSetId, ...adIds].includes(one.object_id))).toBe(true);
  const page = (await world.call('GET', `${world.account}/activities`, { limit: 2, fields: 'event_type' })).body;
  expect(page.data).toHaveLength(2);
  const rest = await (await fetch(page.paging.next)).json();
  expect(rest.data).toHaveLength(2);
});
