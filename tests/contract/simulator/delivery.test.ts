import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  action,
  adSetParams,
  type Body,
  CAMPAIGN,
  DAY,
  HOUR,
  launch,
  makeWorld,
  type Simulator,
  startSimulator,
  sum,
  type World,
} from './world';

let simulator: Simulator;
// A Monday, so that no week turns in the middle of a test.
const START = Date.parse('2026-03-02T00:00:00Z');
beforeAll(async () => {
  simulator = await startSimulator({ now: () => START });
});
afterAll(() => simulator.close());

const rows = async (world: World, id: string, params: object = {}): Promise<Body[]> =>
  (
    await world.call('GET', `${id}/insights`, {
      fields: 'impressions,spend,inline_link_clicks,actions',
      date_preset: 'maximum',
      time_increment: 1,
      limit: 500,
      ...params,
    })
  ).body.data;

describe('high-demand periods', () => {
  const period = (fromH: number, hours: number, extra: object = {}) => ({
    budget_value: 9000,
    budget_value_type: 'ABSOLUTE',
    time_start: START / 1000 + fromH * 3600,
    time_end: START / 1000 + (fromH + hours) * 3600,
    ...extra,
  });

  test('raise what is spent while they last, on top of the day’s band', async () => {
    const world = await makeWorld(simulator);
    const { adSetId, campaignId } = await launch(world, { ads: 2 });
    const made = await world.call('POST', `${adSetId}/budget_schedules`, period(48, 24));
    expect(made.body.id).toBeDefined();
    expect((await world.call('GET', adSetId, { fields: 'is_budget_schedule_enabled' })).body).toMatchObject({
      is_budget_schedule_enabled: true,
    });
    await world.advance(5 * DAY);
    const byDay = await rows(world, campaignId);
    const spent = Object.fromEntries(byDay.map((row) => [row.date_start, Number(row.spend)]));
    expect(spent['2026-03-04']).toBeGreaterThan(90);
    expect(spent['2026-03-04']).toBeLessThan(90 + 52.5);
    expect(spent['2026-03-03']).toBeLessThan(52.5);
    expect(spent['2026-03-05']).toBeLessThan(52.5);
  });

  test('are given at birth too, and refused when short, late, overlapping or without a daily budget', async () => {
    const world = await makeWorld(simulator);
    const { adSetId, campaignId } = await launch(world, {
      ads: 1,
      adSet: { is_budget_schedule_enabled: true, budget_schedule_specs: [period(10, 5)] },
    });
    const { data } = (
      await world.call('GET', `${adSetId}/budget_schedules`, {
        fields: 'budget_value,budget_value_type,time_start,time_end',
      })
    ).body;
    expect(data).toEqual([{ ...period(10, 5), id: expect.any(String) }]);
    for (const wrong of [period(20, 2), period(1, 5), period(12, 5), period(30, 5, { budget_value_type: 'PERCENT' })])
      expect((await world.call('POST', `${adSetId}/budget_schedules`, wrong)).body.error?.code).toBe(100);
    expect((await world.call('POST', `${campaignId}/budget_schedules`, period(20, 5))).body.error?.code).toBe(100);
  });
});

test('an ad set with hours of its own delivers in those hours only', async () => {
  const world = await makeWorld(simulator);
  const { adSetId } = await launch(world, {
    ads: 1,
    adSet: {
      daily_budget: undefined,
      lifetime_budget: 30_000,
      end_time: START / 1000 + 12 * 86_400,
      pacing_type: ['day_parting'],
      adset_schedule: [{ start_minute: 600, end_minute: 840, days: [0, 1, 2, 3, 4, 5, 6] }],
    },
  });
  await world.advance(5 * DAY);
  const hours = await rows(world, adSetId, {
    time_increment: 'all_days',
    breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
  });
  expect(hours.map((row) => row.hourly_stats_aggregated_by_advertiser_time_zone.slice(0, 2)).sort()).toEqual([
    '10',
    '11',
    '12',
    '13',
  ]);
});

test('ad sets that count no result deliver all the same', async () => {
  const world = await makeWorld(simulator);
  const { campaignId, adSetId } = await launch(world, {
    ads: 3,
    campaign: { objective: 'OUTCOME_TRAFFIC' },
    adSet: { optimization_goal: 'LINK_CLICKS', promoted_object: undefined },
  });
  const second = await world.call(
    'POST',
    `${world.account}/adsets`,
    adSetParams(world, campaignId, { optimization_goal: 'LANDING_PAGE_VIEWS', promoted_object: undefined }),
  );
  expect(second.body.id).toBeDefined();
  await world.advance(3 * DAY);
  const found = await rows(world, adSetId, {
    level: 'ad',
    time_increment: 'all_days',
    fields: 'ad_id,impressions,spend',
  });
  expect(found).toHaveLength(3);
  for (const row of found) {
    expect(Number(row.impressions)).toBeGreaterThan(0);
    expect(Number(row.spend)).toBeGreaterThan(0);
  }
});

describe('split tests', () => {
  test('are made of cells that add up, and share the people out', async () => {
    const world = await makeWorld(simulator);
    const one = await launch(world, { ads: 1 });
    const other = await launch(world, { ads: 1 });
    const business = (await world.call('GET', 'me/businesses')).body.data[0].id;
    const study = {
      name: 'Which picture',
      type: 'SPLIT_TEST',
      start_time: START / 1000,
      end_time: START / 1000 + 14 * 86_400,
      cells: [
        { name: 'A', treatment_percentage: 50, campaigns: [one.campaignId] },
        { name: 'B', treatment_percentage: 50, campaigns: [other.campaignId] },
      ],
    };
    const wrong = { ...study, cells: [study.cells[0], { ...study.cells[1], treatment_percentage: 40 }] };
    expect((await world.call('POST', `${business}/ad_studies`, wrong)).body.error.code).toBe(100);
    const made = (await world.call('POST', `${business}/ad_studies`, study)).body;
    expect(made.id).toMatch(/^\d{15,}$/);
    expect((await world.call('GET', `${world.account}/ad_studies`, { fields: 'name,type' })).body.data).toEqual([
      { id: made.id, name: 'Which picture', type: 'SPLIT_TEST' },
    ]);
    const cells = (
      await world.call('GET', `${made.id}/cells`, {
        fields: 'name,treatment_percentage,control_percentage,ad_entities_count',
      })
    ).body.data;
    expect(cells).toHaveLength(2);
    expect(cells[0]).toMatchObject({ treatment_percentage: 50, control_percentage: 0, ad_entities_count: 1 });
    await world.advance(3 * DAY);
    expect(sum(await rows(world, one.campaignId), 'impressions')).toBeGreaterThan(0);
  });

  test('need business_management', async () => {
    const world = await makeWorld(simulator);
    const business = (await world.call('GET', 'me/businesses')).body.data[0].id;
    await simulator.admin('POST', `worlds/${world.worldId}/permissions`, {
      permission: 'business_management',
      status: 'declined',
    });
    expect((await world.call('POST', `${business}/ad_studies`, { name: 'x' })).body.error.code).toBe(200);
  });
});

describe('shocks and the hidden market, set by the admin interface', () => {
  const shock = (world: World, kind: string, extra: object = {}) =>
    simulator.admin('POST', `worlds/${world.worldId}/shocks`, {
      accountId: world.account,
      kind,
      startInHours: 96,
      hours: 96,
      ...extra,
    });

  /** Four quiet days, then four struck ones: sums of both. */
  async function halves(kind: string, extra: object = {}) {
    const world = await makeWorld(simulator, { seed: 11 });
    const { campaignId } = await launch(world, { ads: 2, adSet: { daily_budget: 20_000 } });
    await shock(world, kind, extra);
    await world.advance(8 * DAY);
    const all = await rows(world, campaignId);
    const part = (from: string, to: string) => {
      const own = all.filter((row) => row.date_start >= from && row.date_start <= to);
      const total = (type: string) => own.reduce((count, row) => count + action(row, type), 0);
      return {
        spend: sum(own, 'spend'),
        impressions: sum(own, 'impressions'),
        clicks: sum(own, 'inline_link_clicks'),
        landings: total('landing_page_view'),
        sales: total('purchase'),
        rows: own.length,
      };
    };
    return { before: part('2026-03-03', '2026-03-05'), after: part('2026-03-06', '2026-03-09'), world, campaignId };
  }

  test('a shop that is down: clicks cost, nobody lands, nothing sells', async () => {
    const { before, after } = await halves('shop_down');
    expect(before.sales).toBeGreaterThan(0);
    expect(after).toMatchObject({ sales: 0, landings: 0 });
    expect(after.clicks).toBeGreaterThan(0);
    expect(after.spend).toBeGreaterThan(0);
  });

  test('a broken checkout: people land as before, and nothing sells', async () => {
    const { before, after } = await halves('checkout_broken');
    expect(before.sales).toBeGreaterThan(0);
    expect(after.sales).toBe(0);
    expect(after.landings / after.clicks).toBeCloseTo(before.landings / before.clicks, 1);
  });

  test('dearer auctions, fewer clicks, tired people', async () => {
    const dear = await halves('price', { factor: 2 });
    const cpm = (half: { spend: number; impressions: number }) => half.spend / half.impressions;
    expect(cpm(dear.after) / cpm(dear.before)).toBeGreaterThan(1.6);
    for (const kind of ['click_drop', 'fatigue']) {
      const { before, after } = await halves(kind, kind === 'fatigue' ? { factor: 6 } : { factor: 0.4 });
      expect(after.clicks / after.impressions).toBeLessThan((0.8 * before.clicks) / before.impressions);
    }
  });

  test('insights that are late are missing until they come, and then complete', async () => {
    const { world, campaignId } = await halves('insights_missing', { hours: 200 });
    expect((await rows(world, campaignId)).at(-1)?.date_stop).toBe('2026-03-05');
    await world.advance(10 * DAY);
    expect((await rows(world, campaignId)).length).toBeGreaterThan(12);
  });

  test('rates, seasons and an ad’s quality can be set, show in the truth alone, and wrong names are refused', async () => {
    const world = await makeWorld(simulator);
    const { adIds, adSetId } = await launch(world, { ads: 1 });
    await world.advance(6 * HOUR);
    const path = `worlds/${world.worldId}/market`;
    const season = { hourVolume: Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 5 : 0.1)) };
    const truth = await simulator.admin('POST', path, {
      accountId: world.account,
      rates: { linkCtr: 0.2 },
      season,
      adSets: { [adSetId]: { price: 0.5 } },
      ads: { [adIds[0] as string]: { ctr: 1, fatigue: 0 } },
    });
    expect(truth.accounts[0].ads[0]).toMatchObject({ ctrFactor: 1, fatigueExponent: 0 });
    await world.advance(3 * DAY);
    const hours = await rows(world, adSetId, {
      time_range: { since: '2026-03-03', until: '2026-03-04' },
      time_increment: 'all_days',
      breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
    });
    const isMorning = (row: Body) => Number(row.hourly_stats_aggregated_by_advertiser_time_zone.slice(0, 2)) < 12;
    const mornings = sum(hours.filter(isMorning), 'spend');
    expect(mornings).toBeGreaterThan(0.8 * sum(hours, 'spend'));
    expect(sum(hours, 'inline_link_clicks') / sum(hours, 'impressions')).toBeGreaterThan(0.1);
    await expect(simulator.admin('POST', path, { accountId: world.account, rates: { luck: 1 } })).rejects.toThrow(
      'luck',
    );
    expect(JSON.stringify((await world.call('GET', adIds[0] as string, { fields: 'name,status' })).body)).not.toContain(
      'ctr',
    );
  });
});

test('a campaign hands its budget over to its ad sets', async () => {
  const world = await makeWorld(simulator);
  const campaign = { ...CAMPAIGN, daily_budget: 5000, is_adset_budget_sharing_enabled: undefined };
  const made = await world.call('POST', `${world.account}/campaigns`, campaign);
  const set = await world.call(
    'POST',
    `${world.account}/adsets`,
    adSetParams(world, made.body.id, { daily_budget: undefined }),
  );
  const budgets = [{ adset_id: set.body.id, daily_budget: 2500 }];
  expect((await world.call('POST', made.body.id, { adset_budgets: [] })).body.error.code).toBe(100);
  expect((await world.call('POST', made.body.id, { adset_budgets: budgets })).body).toEqual({ success: true });
  expect((await world.call('GET', made.body.id, { fields: 'daily_budget' })).body.daily_budget).toBeUndefined();
  expect((await world.call('GET', set.body.id, { fields: 'daily_budget' })).body.daily_budget).toBe('2500');
});
