import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountClock, dayToIso, isoToDay } from '../../../lib/simulators/market/market';
import {
  adSetParams,
  type Body,
  CAMPAIGN,
  creativeParams,
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

const spentOf = async (world: World) =>
  Number((await world.call('GET', world.account, { fields: 'amount_spent' })).body.amount_spent);

describe('budgets', () => {
  test('of a campaign are spread over its ad sets and keep both bands', async () => {
    const world = await makeWorld(simulator, { seed: 31 });
    const { is_adset_budget_sharing_enabled: _left, ...rest } = CAMPAIGN;
    const campaign = await world.call('POST', `${world.account}/campaigns`, {
      ...rest,
      status: 'ACTIVE',
      daily_budget: 6000,
    });
    for (const name of ['One', 'Two']) {
      const { daily_budget: _none, ...params } = adSetParams(world, campaign.body.id, { name });
      const adSet = await world.call('POST', `${world.account}/adsets`, params);
      await world.call('POST', `${world.account}/ads`, {
        name,
        adset_id: adSet.body.id,
        creative: creativeParams(world.page),
      });
    }
    await world.advance(12 * DAY);
    const days: Body[] = (
      await world.call('GET', `${campaign.body.id}/insights`, {
        fields: 'spend',
        time_increment: 1,
        date_preset: 'maximum',
        limit: 50,
      })
    ).body.data;
    const sets: Body[] = (
      await world.call('GET', `${campaign.body.id}/insights`, {
        fields: 'spend',
        level: 'adset',
        date_preset: 'maximum',
      })
    ).body.data;
    expect(sets).toHaveLength(2);
    expect(Math.max(...days.map((row) => Number(row.spend)))).toBeLessThanOrEqual(105);
    expect(sum(days, 'spend')).toBeGreaterThan(0.8 * 11 * 60);
    const left = await world.call('GET', campaign.body.id, { fields: 'budget_remaining' });
    expect(Number(left.body.budget_remaining)).toBeLessThanOrEqual(6000);
  });

  test('for a lifetime last until the end and are spent by then', async () => {
    const world = await makeWorld(simulator, { seed: 32 });
    const end = new Date(Date.now() + 5 * DAY).toISOString();
    const { adSetId } = await launch(world, {
      adSet: { daily_budget: undefined, lifetime_budget: 15_000, end_time: end },
    });
    await world.advance(3 * DAY);
    const halfway = await spentOf(world);
    await world.advance(4 * DAY);
    expect(halfway).toBeGreaterThan(5000);
    expect(halfway).toBeLessThan(11_000);
    expect(await spentOf(world)).toBeGreaterThan(13_000);
    expect(await spentOf(world)).toBeLessThanOrEqual(15_000);
    expect(
      (
        await world.call('POST', adSetId, {
          lifetime_budget: 14_000,
          end_time: new Date(Date.now() + 9 * DAY).toISOString(),
        })
      ).body.error.error_subcode,
    ).toBe(1885650);
  });

  test('lowered or raised in the day count from that hour on', async () => {
    const world = await makeWorld(simulator, { seed: 33 });
    const { adSetId } = await launch(world);
    await world.advance(5 * DAY);
    await world.call('POST', adSetId, { daily_budget: 600 });
    const before = await spentOf(world);
    await world.advance(4 * DAY);
    expect((await spentOf(world)) - before).toBeLessThan(4 * 600 * 1.75);
  });

  test('stop where the account’s own cap is reached, and where it cannot pay', async () => {
    const world = await makeWorld(simulator, { seed: 34 });
    const { adIds } = await launch(world);
    await world.call('POST', world.account, { spend_cap: 40 });
    await world.advance(4 * DAY);
    expect(await spentOf(world)).toBeLessThanOrEqual(4000);
    await world.call('POST', world.account, { spend_cap_action: 'delete' });
    await simulator.admin('POST', `worlds/${world.worldId}/edit`, {
      objectId: world.account,
      set: { funding_source: null },
    });
    const held = await spentOf(world);
    await world.advance(2 * DAY);
    expect(await spentOf(world)).toBe(held);
    expect((await world.call('GET', adIds[0] ?? '', { fields: 'effective_status' })).body.effective_status).toBe(
      'PENDING_BILLING_INFO',
    );
  });
});

describe('the calendar of an account', () => {
  const hoursOf = (zone: string, day: string) => {
    const clock = accountClock(zone);
    const number = isoToDay(day) ?? 0;
    return clock.firstBucketOf(number + 1) - clock.firstBucketOf(number);
  };

  test('has days of 23, 24 and 25 hours', () => {
    expect(hoursOf('Europe/Lisbon', '2026-03-29')).toBe(23);
    expect(hoursOf('Europe/Lisbon', '2026-10-25')).toBe(25);
    expect(hoursOf('America/New_York', '2026-11-01')).toBe(25);
    expect(hoursOf('Asia/Tokyo', '2026-11-01')).toBe(24);
    expect(hoursOf('Asia/Kolkata', '2026-11-01')).toBe(24);
    expect(hoursOf('Australia/Adelaide', '2026-10-04')).toBe(23);
  });

  test('begins its days at local midnight, in zones with half hours too', () => {
    for (const [zone, utc] of [
      ['Asia/Kolkata', '2026-11-20T18:30:00Z'],
      ['Europe/Lisbon', '2026-11-21T00:00:00Z'],
      ['America/New_York', '2026-11-21T05:00:00Z'],
    ] as const) {
      const clock = accountClock(zone);
      const day = isoToDay('2026-11-21') ?? 0;
      expect(new Date(clock.startMs(clock.firstBucketOf(day))).toISOString()).toBe(utc.replace('Z', '.000Z'));
      expect(dayToIso(clock.dayAt(Date.parse(utc) + 23 * HOUR))).toBe('2026-11-21');
    }
  });
});
