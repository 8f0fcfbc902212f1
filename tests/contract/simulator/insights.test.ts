import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  action,
  type Body,
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
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const FIELDS = 'impressions,clicks,inline_link_clicks,spend,reach,frequency,actions,action_values';
const LEADS = { campaign: { objective: 'OUTCOME_LEADS' } };
const TYPES = ['link_click', 'landing_page_view', 'lead', 'purchase', 'add_to_cart'];

async function rowsOf(world: World, path: string, params: Record<string, unknown> = {}): Promise<Body[]> {
  const answer = await world.call('GET', `${path}/insights`, {
    fields: FIELDS,
    date_preset: 'maximum',
    limit: 1000,
    ...params,
  });
  if (!answer.body.data) throw new Error(JSON.stringify(answer.body));
  return answer.body.data;
}

/** Sums of two cuts of the same numbers must be the same numbers. */
function expectSameSums(one: Body[], other: Body[], types = TYPES) {
  for (const field of ['impressions', 'clicks', 'inline_link_clicks']) expect(sum(one, field)).toBe(sum(other, field));
  expect(sum(one, 'spend')).toBeCloseTo(sum(other, 'spend'), 6);
  for (const type of types) {
    expect(one.reduce((total, row) => total + action(row, type), 0)).toBe(
      other.reduce((total, row) => total + action(row, type), 0),
    );
  }
}

const market = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  scenario: fc.constantFrom('shop', 'wild', 'jpy'),
  daily: fc.integer({ min: 500, max: 20_000 }),
  ads: fc.integer({ min: 1, max: 4 }),
  days: fc.integer({ min: 2, max: 16 }),
  isLead: fc.boolean(),
});

async function runMarket(draw: {
  seed: number;
  scenario: string;
  daily: number;
  ads: number;
  days: number;
  isLead: boolean;
}) {
  const world = await makeWorld(simulator, { scenario: draw.scenario, seed: draw.seed });
  const country = draw.scenario === 'jpy' ? 'JP' : 'PT';
  const event = draw.isLead ? 'LEAD' : 'PURCHASE';
  const adSet = {
    daily_budget: draw.daily,
    targeting: { geo_locations: { countries: [country] }, targeting_automation: { advantage_audience: 1 } },
    promoted_object: { pixel_id: world.pixel, custom_event_type: event },
  };
  const made = await launch(world, { ads: draw.ads, adSet, ...(draw.isLead ? LEADS : {}) });
  await world.advance(draw.days * DAY);
  return { world, ...made };
}

describe('over random markets', () => {
  test('levels, days and breakdowns add up, and reach does not', async () => {
    await fc.assert(
      fc.asyncProperty(market, async (draw) => {
        const { world, campaignId, adSetId } = await runMarket(draw);
        const [whole] = await rowsOf(world, world.account);
        if (!whole) return;
        const byAd = await rowsOf(world, world.account, { level: 'ad' });
        const byDay = await rowsOf(world, campaignId, { time_increment: 1 });
        expectSameSums([whole], byAd);
        expectSameSums([whole], byDay);
        expectSameSums([whole], await rowsOf(world, adSetId));
        expectSameSums([whole], await rowsOf(world, campaignId, { breakdowns: 'age,gender' }));
        expectSameSums(
          [whole],
          await rowsOf(world, campaignId, { breakdowns: 'publisher_platform,platform_position', level: 'ad' }),
        );
        const byHour = await rowsOf(world, campaignId, {
          breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
        });
        expectSameSums([whole], byHour, ['link_click']);
        expect(byHour.every((row) => row.reach === undefined && action(row, 'purchase') === 0)).toBe(true);

        const reach = Number(whole.reach);
        const rounding = byAd.length + byDay.length;
        expect(reach).toBeLessThanOrEqual(Number(whole.impressions));
        expect(reach).toBeLessThanOrEqual(sum(byDay, 'reach') + rounding);
        expect(reach).toBeLessThanOrEqual(sum(byAd, 'reach') + rounding);
        for (const row of [...byAd, ...byDay]) expect(reach).toBeGreaterThanOrEqual(Number(row.reach) - 1);
        expect(Number(whole.frequency)).toBeCloseTo(Number(whole.impressions) / reach, 5);
      }),
      { numRuns: 12, seed: 42 },
    );
  });

  test('age alone agrees with age by gender', async () => {
    const { world, campaignId } = await runMarket({
      seed: 5,
      scenario: 'shop',
      daily: 4000,
      ads: 3,
      days: 9,
      isLead: true,
    });
    const joint = await rowsOf(world, campaignId, { breakdowns: 'age,gender' });
    for (const row of await rowsOf(world, campaignId, { breakdowns: 'age' })) {
      expectSameSums(
        [row],
        joint.filter((one) => one.age === row.age),
      );
    }
  });

  test('no day passes 175 % of its budget and no week seven of them', async () => {
    await fc.assert(
      fc.asyncProperty(market, async (draw) => {
        const { world, adSetId } = await runMarket({ ...draw, days: 16 });
        const offset = draw.scenario === 'jpy' ? 1 : 100;
        const days = await rowsOf(world, adSetId, { time_increment: 1 });
        const weeks = new Map<number, number>();
        for (const row of days) {
          const spent = Number(row.spend) * offset;
          expect(spent).toBeLessThanOrEqual(1.75 * draw.daily + 1e-6);
          const day = Date.parse(row.date_start) / DAY;
          const week = day - ((day + 4) % 7);
          weeks.set(week, (weeks.get(week) ?? 0) + spent);
        }
        for (const spent of weeks.values()) expect(spent).toBeLessThanOrEqual(7 * draw.daily + 1e-6);
        // An ad set that may spend does spend: about its budget on an ordinary day.
        expect(sum(days, 'spend') * offset).toBeGreaterThan(0.7 * 14 * draw.daily);
      }),
      { numRuns: 8, seed: 43 },
    );
  });

  test('time moved in small steps or in one leap ends in the same numbers', async () => {
    const draw = { seed: 11, scenario: 'wild', daily: 3000, ads: 3, days: 0, isLead: false };
    const clock = { ms: Date.UTC(2026, 9, 20, 10, 20) };
    const still = await startSimulator({ now: () => clock.ms });
    const results: Body[] = [];
    for (const steps of [1, 40]) {
      const world = await makeWorld(still, { scenario: draw.scenario, seed: draw.seed });
      await launch(world, { ads: 3 });
      for (let at = 0; at < steps; at++) await world.advance((10 * DAY) / steps);
      const rows = await rowsOf(world, world.account, { level: 'ad', time_increment: 1 });
      results.push(
        rows.map(({ impressions, spend, clicks, reach, actions }) => ({ impressions, spend, clicks, reach, actions })),
      );
    }
    expect(results[0].length).toBeGreaterThan(20);
    expect(results[1]).toEqual(results[0]);
    await still.close();
  });
});

describe('rows', () => {
  test('have the documented shape: strings, no row without delivery, nothing for what is zero', async () => {
    const world = await makeWorld(simulator);
    await launch(world, { ads: 3 });
    expect(await rowsOf(world, world.account)).toEqual([]);
    await world.advance(4 * DAY);
    const [row] = await rowsOf(world, world.account, {
      fields: 'spend,ctr,cpm,cpc,cost_per_action_type,purchase_roas,results,impressions',
    });
    expect(row.spend).toMatch(/^\d+\.\d{2}$/);
    expect(row.ctr).toMatch(/^\d+\.\d{6}$/);
    expect(row.cost_per_action_type[0]).toEqual({
      action_type: expect.any(String),
      value: expect.stringMatching(/^\d+\.\d{6}$/),
    });
    expect(row.date_start).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const [early] = await rowsOf(world, world.account, { time_range: { since: '2026-01-01', until: '2026-01-31' } });
    expect(early).toBeUndefined();
  });

  test('of past days keep growing as results arrive late, and never shrink', async () => {
    const world = await makeWorld(simulator, { seed: 21 });
    const { campaignId } = await launch(world, { ads: 2, adSet: { daily_budget: 20_000 } });
    await world.advance(2 * DAY);
    const range = (await rowsOf(world, campaignId))[0];
    const period = {
      time_range: { since: range.date_start, until: new Date(Date.now() + DAY).toISOString().slice(0, 10) },
    };
    const counts: number[] = [];
    for (let day = 0; day < 8; day++) {
      counts.push(action((await rowsOf(world, campaignId, period))[0], 'purchase'));
      await world.advance(DAY);
    }
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    expect(counts[7]).toBeGreaterThan(counts[0] ?? 0);
  });

  test('windows add keys, silent ones stay silent, unknown ones are refused', async () => {
    const world = await makeWorld(simulator);
    await launch(world, { ads: 2, adSet: { daily_budget: 20_000 } });
    await world.advance(9 * DAY);
    const [row] = await rowsOf(world, world.account, {
      action_attribution_windows: '1d_click,7d_click,28d_click,1d_view,7d_view',
    });
    const windows = ['1d_click', '7d_click', '28d_click'].map((key) => action(row, 'purchase', key));
    expect(windows).toEqual([...windows].sort((one, other) => one - other));
    expect(action(row, 'purchase')).toBe((windows[1] ?? 0) + action(row, 'purchase', '1d_view'));
    expect(JSON.stringify(row)).not.toContain('7d_view');
    const refused = await world.call('GET', `${world.account}/insights`, { action_attribution_windows: '3d_click' });
    expect(refused.body.error.code).toBe(100);
  });

  test('presets, increments and wrong requests', async () => {
    const world = await makeWorld(simulator);
    const { campaignId } = await launch(world);
    await world.advance(20 * DAY);
    expect(await rowsOf(world, campaignId, { date_preset: 'last_7d', time_increment: 1 })).toHaveLength(7);
    expect(await rowsOf(world, campaignId, { date_preset: 'last_14d', time_increment: 7 })).toHaveLength(2);
    const summed = await world.call('GET', `${world.account}/insights`, {
      level: 'ad',
      fields: 'spend,impressions',
      default_summary: true,
      date_preset: 'last_7d',
    });
    expect(Number(summed.body.summary.spend)).toBeCloseTo(sum(summed.body.data, 'spend'), 6);
    const wrong: [Record<string, unknown>, number][] = [
      [{ date_preset: 'lifetime' }, 100],
      [{ fields: 'nonsense' }, 100],
      [{ breakdowns: 'age,country' }, 100],
      [{ time_range: { since: '2020-01-01', until: '2020-02-01' } }, 3018],
      [{ level: 'galaxy' }, 100],
    ];
    for (const [params, code] of wrong)
      expect((await world.call('GET', `${world.account}/insights`, params)).body.error.code).toBe(code);
  });

  test('sort, filter and page', async () => {
    const world = await makeWorld(simulator);
    await launch(world);
    await world.advance(5 * DAY);
    const sorted = await rowsOf(world, world.account, {
      level: 'ad',
      sort: 'spend_ascending',
      fields: 'ad_name,spend',
    });
    expect(sorted.map((row) => Number(row.spend))).toEqual(
      sorted.map((row) => Number(row.spend)).sort((one, other) => one - other),
    );
    const some = await rowsOf(world, world.account, {
      level: 'ad',
      filtering: [{ field: 'ad.name', operator: 'CONTAIN', value: 'Ad 1' }],
      fields: 'ad_name',
    });
    expect(some.map((row) => row.ad_name)).toEqual(['Ad 1']);
    const first = await world.call('GET', `${world.account}/insights`, {
      level: 'ad',
      fields: 'ad_name',
      limit: 2,
      date_preset: 'maximum',
    });
    const second: Body = await (await fetch(first.body.paging.next)).json();
    expect([...first.body.data, ...second.data].map((row) => row.ad_name)).toEqual(['Ad 0', 'Ad 1', 'Ad 2']);
    expect(second.paging.next).toBeUndefined();
  });

  test('a report is started, polled and fetched', async () => {
    const world = await makeWorld(simulator);
    await launch(world);
    await world.advance(5 * DAY);
    const started = await world.call('POST', `${world.account}/insights`, {
      level: 'ad',
      fields: ['ad_name', 'spend'],
      date_preset: 'maximum',
    });
    const early = await world.call('GET', started.body.report_run_id);
    expect(early.body.is_running).toBe(true);
    await world.advance(HOUR);
    const done = await world.call('GET', started.body.report_run_id, {
      fields: 'async_status,async_percent_completion',
    });
    expect(done.body).toMatchObject({ async_status: 'Job Completed', async_percent_completion: 100 });
    const rows = await world.call('GET', `${started.body.report_run_id}/insights`, { limit: 2 });
    expect(rows.body.data).toHaveLength(2);
    expect(((await (await fetch(rows.body.paging.next)).json()) as Body).data).toHaveLength(1);
  });

  test('deleted ads leave the ad level but stay in the totals', async () => {
    const world = await makeWorld(simulator);
    const { adIds } = await launch(world);
    await world.advance(4 * DAY);
    await world.call('DELETE', adIds[0] ?? '');
    const [whole] = await rowsOf(world, world.account);
    const alive = await rowsOf(world, world.account, { level: 'ad' });
    const asked = await rowsOf(world, world.account, {
      level: 'ad',
      filtering: [{ field: 'ad.effective_status', operator: 'IN', value: ['ACTIVE', 'DELETED'] }],
    });
    expect(alive).toHaveLength(2);
    expectSameSums([whole], asked);
  });

  test('a world with a history has five weeks of it', async () => {
    const world = await makeWorld(simulator, { scenario: 'shop-history' });
    const [row] = await rowsOf(world, world.account, { date_preset: 'last_90d' });
    expect(Number(row.spend)).toBeGreaterThan(500);
    expect(action(row, 'purchase')).toBeGreaterThan(15);
    const account = await world.call('GET', world.account, { fields: 'amount_spent' });
    expect(Number(account.body.amount_spent)).toBe(Math.round(Number(row.spend) * 100));
  });
});
