import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  advanceMarket,
  type Conversion,
  drawAccountTruth,
  type HourCell,
  type MarketInput,
  newMarket,
} from '../../../lib/simulators/market/market';
import { action, type Body, DAY, HOUR, launch, makeWorld, type Simulator, startSimulator } from './world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

describe('a shop', () => {
  test('has a bad third ad that honest statistics find within four weeks, on most seeds', async () => {
    let found = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const world = await makeWorld(simulator, { seed });
      await launch(world);
      await world.advance(28 * DAY);
      const rows: Body[] = (
        await world.call('GET', `${world.account}/insights`, {
          level: 'ad',
          date_preset: 'maximum',
          fields: 'ad_name,spend,impressions,inline_link_clicks,actions',
        })
      ).body.data;
      const bad = rows.find((row) => row.ad_name === 'Ad 2');
      const others = rows.filter((row) => row.ad_name !== 'Ad 2');
      const per = (list: Body[], count: (row: Body) => number, by: string) =>
        list.reduce((total, row) => total + count(row), 0) / list.reduce((total, row) => total + Number(row[by]), 0);
      const clickRatio =
        per([bad], (row) => action(row, 'link_click'), 'impressions') /
        per(others, (row) => action(row, 'link_click'), 'impressions');
      expect(clickRatio).toBeLessThan(0.35);
      expect(Number(bad.impressions)).toBeGreaterThan(3000);

      const expected = per(others, (row) => action(row, 'purchase'), 'spend') * Number(bad.spend);
      const seen = action(bad, 'purchase');
      if (poissonAtMost(seen, expected) < 0.05) found++;
      const truth = await simulator.admin('GET', `worlds/${world.worldId}/truth`);
      expect(truth.accounts[0].ads.map((ad: Body) => ad.role)).toEqual(['decent', 'decent', 'bad']);
    }
    expect(found).toBeGreaterThanOrEqual(5);
  });

  test('gives an average ad when a reserve creative takes the place of the bad one', async () => {
    const world = await makeWorld(simulator, { seed: 3 });
    const { adIds } = await launch(world);
    await world.advance(2 * DAY);
    const other = await world.call('GET', adIds[0] ?? '', { fields: 'creative{object_story_spec}' });
    await world.call('POST', adIds[2] ?? '', {
      creative: { object_story_spec: other.body.creative.object_story_spec },
    });
    await world.advance(2 * DAY);
    const truth = await simulator.admin('GET', `worlds/${world.worldId}/truth`);
    expect(truth.accounts[0].ads[2].role).toBe('average');
  });
});

describe('review and status', () => {
  test('ads are reviewed for some hours of world time, whatever their parents do', async () => {
    const world = await makeWorld(simulator);
    const { campaignId, adSetId, adIds } = await launch(world, { ads: 1 });
    const status = async (id: string | undefined) =>
      (await world.call('GET', id ?? '', { fields: 'effective_status' })).body.effective_status;
    expect(await status(adIds[0])).toBe('IN_PROCESS');
    await world.advance(60_000);
    expect(await status(adIds[0])).toBe('PENDING_REVIEW');
    await world.advance(3 * HOUR);
    expect(await status(adIds[0])).toBe('ACTIVE');
    await world.call('POST', adSetId, { status: 'PAUSED' });
    expect(await status(adIds[0])).toBe('ADSET_PAUSED');
    await world.call('POST', campaignId, { status: 'PAUSED' });
    expect(await status(adIds[0])).toBe('CAMPAIGN_PAUSED');
    expect(await status(adSetId)).toBe('PAUSED');
    await world.call('POST', campaignId, { status: 'ARCHIVED' });
    expect(await status(adIds[0])).toBe('ARCHIVED');
    expect((await world.call('POST', campaignId, { status: 'ACTIVE' })).body.error.error_subcode).toBe(1487566);
  });

  test('nothing is delivered before approval, while paused or after the end', async () => {
    const world = await makeWorld(simulator);
    const { campaignId, adSetId } = await launch(world, { ads: 2 });
    const spent = async () =>
      Number((await world.call('GET', world.account, { fields: 'amount_spent' })).body.amount_spent);
    await world.advance(DAY);
    const first = await spent();
    expect(first).toBeGreaterThan(0);
    await world.call('POST', campaignId, { status: 'PAUSED' });
    await world.advance(2 * DAY);
    expect(await spent()).toBe(first);
    const end = new Date(Date.now() + 3 * DAY + 12 * HOUR).toISOString();
    await world.call('POST', adSetId, { end_time: end });
    await world.call('POST', campaignId, { status: 'ACTIVE' });
    await world.advance(5 * DAY);
    const last = await spent();
    await world.advance(3 * DAY);
    expect(await spent()).toBe(last);
  });

  test('words that break the rules are disapproved with feedback', async () => {
    const world = await makeWorld(simulator);
    const { adSetId } = await launch(world, { ads: 1 });
    const made = await world.call('POST', `${world.account}/ads`, {
      name: 'Bold',
      adset_id: adSetId,
      status: 'ACTIVE',
      creative: {
        object_story_spec: {
          page_id: world.page,
          link_data: { link: 'https://shop.example/', message: 'A miracle: lose 10 kg in a week' },
        },
      },
    });
    await world.advance(4 * HOUR);
    const ad = await world.call('GET', made.body.id, { fields: 'effective_status,ad_review_feedback,issues_info' });
    expect(ad.body.effective_status).toBe('DISAPPROVED');
    expect(Object.keys(ad.body.ad_review_feedback.global)).toEqual(['Personal Health and Appearance']);
    expect(ad.body.issues_info[0]).toMatchObject({ level: 'AD', error_type: 'HARD_ERROR' });
  });

  test('caps hold: a campaign’s and the account’s', async () => {
    const world = await makeWorld(simulator);
    await launch(world, { ads: 2, campaign: { spend_cap: 10_000 }, adSet: { daily_budget: 6000 } });
    await world.advance(6 * DAY);
    const spent = Number((await world.call('GET', world.account, { fields: 'amount_spent' })).body.amount_spent);
    expect(spent).toBeLessThanOrEqual(10_000);
    expect(spent).toBeGreaterThan(9_900);
  });

  test('learning ends with fifty results or fails after a week', async () => {
    const world = await makeWorld(simulator, { seed: 2 });
    const rich = await launch(world, { adSet: { daily_budget: 60_000 } });
    const poor = await launch(world, { adSet: { daily_budget: 300 } });
    const stage = async (id: string) =>
      (await world.call('GET', id, { fields: 'learning_stage_info' })).body.learning_stage_info?.status;
    await world.advance(2 * DAY);
    expect(await stage(poor.adSetId)).toBe('LEARNING');
    await world.advance(6 * DAY);
    expect([await stage(rich.adSetId), await stage(poor.adSetId)]).toEqual(['SUCCESS', 'FAIL']);
    await world.call('POST', rich.adSetId, { daily_budget: 90_000 });
    expect(await stage(rich.adSetId)).toBe('LEARNING');
  });
});

test('an account’s days follow its calendar through the change of clocks', async () => {
  const clock = { ms: Date.UTC(2026, 9, 23, 8) };
  const autumn = await startSimulator({ now: () => clock.ms });
  const world = await makeWorld(autumn);
  const { campaignId } = await launch(world, { ads: 1 });
  await world.advance(4 * DAY);
  const rows: Body[] = (
    await world.call('GET', `${campaignId}/insights`, {
      time_range: { since: '2026-10-25', until: '2026-10-25' },
      breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
      fields: 'impressions',
      limit: 50,
    })
  ).body.data;
  const day: Body[] = (
    await world.call('GET', `${campaignId}/insights`, {
      time_range: { since: '2026-10-25', until: '2026-10-25' },
      fields: 'impressions',
    })
  ).body.data;
  expect(rows.reduce((total, row) => total + Number(row.impressions), 0)).toBe(Number(day[0].impressions));
  const account = await world.call('GET', world.account, { fields: 'timezone_offset_hours_utc' });
  expect(account.body.timezone_offset_hours_utc).toBe(0);
  await autumn.close();
});

test('a simulated week of a hundred ads takes well under a second', () => {
  const input: MarketInput = {
    seed: 1,
    zone: 'Europe/Lisbon',
    spread: 'wild',
    accountSpendCapMinor: null,
    shocks: [],
    campaigns: [
      {
        key: 'c',
        eligibleFromMs: 0,
        dailyBudgetMinor: null,
        lifetimeBudgetMinor: null,
        spendCapMinor: null,
        boosts: [],
        adSets: Array.from({ length: 25 }, (_, set) => ({
          key: `s${set}`,
          ordinal: set,
          eligibleFromMs: 0,
          startMs: 0,
          endMs: null,
          dailyBudgetMinor: 3000,
          lifetimeBudgetMinor: null,
          audience: 120_000,
          goal: 'conversions' as const,
          result: 'purchase' as const,
          significantEditMs: 0,
          hoursOfWeek: null,
          boosts: [],
          ads: Array.from({ length: 4 }, (_unused, at) => ({
            key: `a${set}-${at}`,
            ordinal: set * 10 + at,
            indexInSet: at,
            creativeKey: `k${set}-${at}`,
            eligibleFromMs: 0,
          })),
        })),
      },
    ],
  };
  const start = 495_000;
  const state = newMarket(drawAccountTruth({ seed: 1, currency: 'EUR', minorPerMajor: 100, spread: 'wild' }), start);
  const cells: HourCell[] = [];
  const results: Conversion[] = [];
  advanceMarket(state, input, start + 24, () => undefined);
  // Processor time, not the wall's: other tests run beside this one.
  const began = process.cpuUsage();
  advanceMarket(state, input, start + 24 + 168, (_ad, _bucket, cell, conversions) => {
    cells.push(cell);
    results.push(...conversions);
  });
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(600);
  expect(cells.length).toBeGreaterThan(10_000);
  expect(results.length).toBeGreaterThan(50);
});

test('while a split test runs, its cells reach only their share of the people; before and after it everybody', () => {
  const clicks = (share: number, fromMs: number, toMs: number) => {
    const input: MarketInput = {
      seed: 3,
      zone: 'UTC',
      spread: 'planted',
      accountSpendCapMinor: null,
      shocks: [],
      campaigns: [
        {
          key: 'c',
          eligibleFromMs: 0,
          dailyBudgetMinor: null,
          lifetimeBudgetMinor: null,
          spendCapMinor: null,
          boosts: [],
          adSets: [
            {
              key: 's',
              ordinal: 1,
              eligibleFromMs: 0,
              startMs: 0,
              endMs: null,
              dailyBudgetMinor: 20_000,
              lifetimeBudgetMinor: null,
              audience: 20_000,
              peopleShares: [{ fromMs, toMs, share }],
              goal: 'conversions',
              result: 'purchase',
              significantEditMs: 0,
              hoursOfWeek: null,
              boosts: [],
              ads: [{ key: 'a', ordinal: 1, indexInSet: 0, creativeKey: 'k', eligibleFromMs: 0 }],
            },
          ],
        },
      ],
    };
    const start = 495_000;
    const truth = drawAccountTruth({ seed: 3, currency: 'EUR', minorPerMajor: 100, spread: 'planted' });
    const market = newMarket(truth, start);
    let count = 0;
    advanceMarket(market, input, start + 24 * 14, (_ad, _bucket, cell) => {
      count += cell.linkClicks;
    });
    return count;
  };
  const whole = clicks(1, 0, Number.MAX_SAFE_INTEGER);
  // The same people see the ads more often, and tire of them.
  expect(clicks(0.1, 0, Number.MAX_SAFE_INTEGER)).toBeLessThan(whole);
  expect(clicks(0.1, 0, 1)).toBe(whole);
});

function poissonAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let total = term;
  for (let at = 1; at <= count; at++) {
    term *= mean / at;
    total += term;
  }
  return total;
}
