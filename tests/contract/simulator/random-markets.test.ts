import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountClock, isoToDay } from '../../../lib/simulators/market/market';
import { action, type Body, DAY, HOUR, launch, makeWorld, type Simulator, startSimulator, sum } from './world';

let simulator: Simulator;
// The clocks of Europe go forward on 29 March and back on 25 October; of New York on 8 March and 1 November.
const BEGINNINGS = ['2026-03-05T09:00:00Z', '2026-03-26T21:30:00Z', '2026-10-22T03:10:00Z', '2026-10-30T12:00:00Z'];
let nowMs = Date.parse(BEGINNINGS[0] as string);
beforeAll(async () => {
  simulator = await startSimulator({ now: () => nowMs });
});
afterAll(() => simulator.close());

const FIELDS = 'ad_id,impressions,clicks,inline_link_clicks,spend,reach,actions,action_values';
const COUNTED = ['impressions', 'clicks', 'inline_link_clicks', 'spend'];
const RUNS = Number(process.env.SIMULATOR_RUNS ?? 6);

const market = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  beginning: fc.constantFrom(...BEGINNINGS),
  scenario: fc.constantFrom('shop', 'wild', 'jpy'),
  ads: fc.integer({ min: 1, max: 4 }),
  budget: fc.integer({ min: 400, max: 60_000 }),
  hours: fc.integer({ min: 30, max: 18 * 24 }),
  shock: fc.constantFrom(null, 'tracking_lost', 'shop_down', 'price', 'fatigue'),
});

test('in any market rows add up, breakdowns too, reach does not, and spending keeps to its bands', async () => {
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      nowMs = Date.parse(drawn.beginning);
      const world = await makeWorld(simulator, { scenario: drawn.scenario, seed: drawn.seed });
      const country = drawn.scenario === 'jpy' ? 'JP' : 'PT';
      const { campaignId, adSetId } = await launch(world, {
        ads: drawn.ads,
        adSet: {
          daily_budget: drawn.budget,
          targeting: { geo_locations: { countries: [country] }, targeting_automation: { advantage_audience: 1 } },
        },
      });
      if (drawn.shock !== null)
        await simulator.admin('POST', `worlds/${world.worldId}/shocks`, {
          accountId: world.account,
          kind: drawn.shock,
          hours: 20,
        });
      await world.advance(drawn.hours * HOUR);

      const ask = async (id: string, params: object = {}): Promise<Body[]> => {
        const answer = await world.call('GET', `${id}/insights`, {
          fields: FIELDS,
          date_preset: 'maximum',
          limit: 2000,
          ...params,
        });
        expect(answer.status).toBe(200);
        return answer.body.data;
      };
      const same = (one: Body[], other: Body[]) => {
        for (const field of COUNTED) expect(sum(one, field)).toBeCloseTo(sum(other, field), 6);
        for (const type of ['link_click', 'purchase', 'landing_page_view']) {
          const count = (rows: Body[]) => rows.reduce((total, row) => total + action(row, type), 0);
          expect(count(one)).toBe(count(other));
        }
      };

      const [account, campaign, adSet, ads, days] = await Promise.all([
        ask(world.account),
        ask(campaignId),
        ask(adSetId),
        ask(campaignId, { level: 'ad' }),
        ask(campaignId, { time_increment: 1 }),
      ]);
      for (const rows of [campaign, adSet, ads, days]) same(account, rows);
      for (const breakdowns of [
        'age',
        'gender',
        'age,gender',
        'country',
        'publisher_platform',
        'publisher_platform,platform_position',
      ])
        same(account, await ask(world.account, { breakdowns }));

      // People are not additive: the whole is at least its largest part and at most all parts together.
      for (const parts of [ads, days]) {
        const whole = Number(campaign[0]?.reach ?? 0);
        expect(whole).toBeGreaterThanOrEqual(Math.max(0, ...parts.map((row) => Number(row.reach))));
        expect(whole).toBeLessThanOrEqual(sum(parts, 'reach'));
        for (const row of parts) expect(Number(row.reach)).toBeLessThanOrEqual(Number(row.impressions));
      }
      for (const row of [...ads, ...days]) {
        expect(Number(row.impressions)).toBeGreaterThan(0);
        expect(Number(row.inline_link_clicks ?? 0)).toBeLessThanOrEqual(Number(row.clicks));
      }

      const perMajor = drawn.scenario === 'jpy' ? 1 : 100;
      const weeks = new Map<number, number>();
      const { timezone } = world.adAccounts[0];
      for (const row of days) {
        expect(Number(row.spend) * perMajor).toBeLessThanOrEqual(1.75 * drawn.budget + 1e-6);
        const day = isoToDay(row.date_start) ?? 0;
        const week = accountClock(timezone).local(accountClock(timezone).firstBucketOf(day)).week;
        weeks.set(week, (weeks.get(week) ?? 0) + Number(row.spend) * perMajor);
      }
      for (const spent of weeks.values()) expect(spent).toBeLessThanOrEqual(7 * drawn.budget + 1e-6);

      // The same seed in steps of other sizes is the same market; past days only grow.
      const before = days.map((row) => action(row, 'purchase'));
      await world.call('POST', campaignId, { status: 'PAUSED' });
      await world.advance(29 * DAY);
      const later = await ask(campaignId, { time_increment: 1 });
      for (const [at, count] of before.entries()) expect(action(later[at], 'purchase')).toBeGreaterThanOrEqual(count);
      const settled = later.map((row) => action(row, 'purchase'));
      await world.advance(5 * DAY);
      expect((await ask(campaignId, { time_increment: 1 })).map((row) => action(row, 'purchase'))).toEqual(settled);
    }),
    { numRuns: RUNS, seed: 20261121 },
  );
}, 240_000);

test('days have 23 and 25 hours where the clocks change, and presets end where the account’s days end', async () => {
  nowMs = Date.parse('2026-03-27T12:00:00Z');
  const world = await makeWorld(simulator, { scenario: 'two-accounts' });
  const { campaignId } = await launch(world, { ads: 1, adSet: { daily_budget: 50_000 } });
  nowMs = Date.parse('2026-03-30T22:30:00Z');
  const hoursOf = async (day: string) => {
    const answer = await world.call('GET', `${campaignId}/insights`, {
      fields: 'impressions',
      time_range: { since: day, until: day },
      breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
      limit: 100,
    });
    return answer.body.data.length;
  };
  expect(await hoursOf('2026-03-28')).toBe(24);
  expect(await hoursOf('2026-03-29')).toBe(23);
  // 22:30 in UTC is already 23:30 in Lisbon, still the thirtieth; an hour later it is not.
  const today = async () =>
    (await world.call('GET', `${campaignId}/insights`, { fields: 'spend', date_preset: 'today' })).body.data[0]
      ?.date_start;
  expect(await today()).toBe('2026-03-30');
  nowMs += HOUR;
  const yesterday = await world.call('GET', `${campaignId}/insights`, { fields: 'spend', date_preset: 'yesterday' });
  expect(yesterday.body.data[0].date_start).toBe('2026-03-30');
});

test('parts of a dynamic creative, actions by device, and filters on what rows do not show', async () => {
  const world = await makeWorld(simulator, { seed: 5 });
  const { adSetId, campaignId } = await launch(world, {
    ads: 0,
    adSet: { is_dynamic_creative: true, daily_budget: 20_000 },
  });
  const feed = {
    bodies: [{ text: 'One' }, { text: 'Two' }],
    titles: [{ text: 'A' }, { text: 'B' }, { text: 'C' }],
    link_urls: [{ website_url: 'https://shop.example/' }],
    call_to_action_types: ['SHOP_NOW'],
    ad_formats: ['SINGLE_IMAGE'],
  };
  const creative = { object_story_spec: { page_id: world.page }, asset_feed_spec: feed };
  const other = await launch(world, { ads: 0 });
  const ad = { name: 'Dynamic', creative, status: 'ACTIVE' };
  const refused = await world.call('POST', `${world.account}/ads`, { ...ad, adset_id: other.adSetId });
  expect(refused.body.error.error_subcode).toBe(1885998);
  expect((await world.call('POST', `${world.account}/ads`, { ...ad, adset_id: adSetId })).body.id).toBeDefined();
  await world.call('POST', campaignId, { status: 'ACTIVE' });
  await world.advance(4 * DAY);

  const ask = async (params: object) =>
    (
      await world.call('GET', `${campaignId}/insights`, {
        date_preset: 'maximum',
        fields: 'impressions,reach,cpm,actions',
        ...params,
      })
    ).body;
  const [whole] = (await ask({})).data;
  const titles = (await ask({ breakdowns: 'title_asset' })).data;
  expect(titles.map((row: Body) => row.title_asset.text).sort()).toEqual(['A', 'B', 'C']);
  expect(sum(titles, 'impressions')).toBe(Number(whole.impressions));
  expect(titles[0].cpm).toBeUndefined();
  const [devices] = (await ask({ action_breakdowns: 'action_device' })).data;
  const links = devices.actions.filter((one: Body) => one.action_type === 'link_click');
  expect(links.length).toBeGreaterThan(1);
  expect(sum(links, 'value')).toBe(action(whole, 'link_click'));
  const filtered = await ask({
    fields: 'cpm',
    filtering: [{ field: 'campaign.impressions', operator: 'GREATER_THAN', value: 0 }],
  });
  expect(filtered.data).toHaveLength(1);
  const only = await ask({ filtering: [{ field: 'action_type', operator: 'IN', value: ['link_click'] }] });
  expect(only.data[0].actions.map((one: Body) => one.action_type)).toEqual(['link_click']);
  for (const wrong of [
    { breakdowns: 'shoe_size' },
    { action_breakdowns: 'shoe_size' },
    { breakdowns: 'age,country' },
    { time_ranges: [{ since: '2026-01-01', until: '2026-01-02' }], time_increment: 1 },
  ])
    expect((await ask(wrong)).error.code).toBe(100);
});
