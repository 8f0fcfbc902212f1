import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, DAY, HOUR, launch, makeWorld, type Simulator, startSimulator, type World } from './world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const filters = (entity: string, preset: string, ...rest: object[]) => [
  { field: 'entity_type', operator: 'EQUAL', value: entity },
  { field: 'time_preset', operator: 'EQUAL', value: preset },
  ...rest,
];
const option = (field: string, value: unknown) => ({ field, operator: 'EQUAL', value });

async function makeRule(world: World, evaluation: object, execution: object, rest: object = {}): Promise<string> {
  const made = await world.call('POST', `${world.account}/adrules_library`, {
    name: 'Rule',
    evaluation_spec: { evaluation_type: 'SCHEDULE', ...evaluation },
    execution_spec: execution,
    ...rest,
  });
  expect(made.body.error).toBeUndefined();
  return made.body.id;
}

const read = async (world: World, id: string, fields: string): Promise<Body> =>
  (await world.call('GET', id, { fields })).body;

describe('automated rules, carried out as time moves', () => {
  test('raise a budget by a share, at most once a day, up to their limit, and write it down', async () => {
    const world = await makeWorld(simulator);
    const { adSetId } = await launch(world, { ads: 1 });
    const rule = await makeRule(
      world,
      { filters: filters('ADSET', 'TODAY', { field: 'impressions', operator: 'GREATER_THAN', value: 10 }) },
      {
        execution_type: 'CHANGE_BUDGET',
        execution_options: [option('change_spec', { amount: 20, unit: 'PERCENTAGE', limit: 4000 })],
      },
    );
    await world.advance(20 * HOUR);
    expect((await read(world, adSetId, 'daily_budget')).daily_budget).toBe('3600');
    await world.advance(4 * DAY);
    expect((await read(world, adSetId, 'daily_budget')).daily_budget).toBe('4000');
    const { data } = (await world.call('GET', `${rule}/history`)).body;
    expect(data).toHaveLength(2);
    expect(data[1].results[0]).toMatchObject({
      object_id: adSetId,
      object_type: 'ADSET',
      actions: [{ action: 'CHANGED_BUDGET', field: 'daily_budget', old_value: '3000', new_value: '3600' }],
    });
    const activities = (await world.call('GET', `${world.account}/activities`, { category: 'BUDGET' })).body.data;
    expect(activities.some((one: Body) => one.actor_name === 'Automated rule: Rule')).toBe(true);
  });

  test('switch a paused ad on again, once, and then switch themselves off', async () => {
    const world = await makeWorld(simulator);
    const { adIds } = await launch(world, { ads: 1 });
    await world.call('POST', adIds[0] as string, { status: 'PAUSED' });
    const rule = await makeRule(
      world,
      { filters: filters('AD', 'LIFETIME', { field: 'ad.id', operator: 'IN', value: [adIds[0]] }) },
      { execution_type: 'UNPAUSE', is_once_off: true },
    );
    await world.advance(2 * HOUR);
    expect((await read(world, adIds[0] as string, 'status')).status).toBe('ACTIVE');
    expect((await read(world, rule, 'status')).status).toBe('DISABLED');
  });

  test('only tell, when that is all they are for; wait for their hour; stop at their count', async () => {
    const world = await makeWorld(simulator);
    const { campaignId } = await launch(world, { ads: 1 });
    const daily = await makeRule(
      world,
      { filters: filters('CAMPAIGN', 'LIFETIME') },
      { execution_type: 'NOTIFICATION', execution_options: [option('execution_count_limit', 2)] },
      { schedule_spec: { schedule_type: 'DAILY' } },
    );
    await world.advance(5 * DAY);
    const { data } = (await world.call('GET', `${daily}/history`)).body;
    expect(data).toHaveLength(2);
    // Midnight in Lisbon in November is midnight in UTC.
    expect(data[0].timestamp).toMatch(/T00:00:00\+0000$/);
    expect((await read(world, campaignId, 'status')).status).toBe('ACTIVE');
  });

  test('fire once when their trigger begins to hold, and at each milestone', async () => {
    const world = await makeWorld(simulator);
    await launch(world, { ads: 1 });
    const trigger = { field: 'spent', operator: 'GREATER_THAN', value: 100 };
    const once = await makeRule(
      world,
      {
        evaluation_type: 'TRIGGER',
        filters: filters('CAMPAIGN', 'LIFETIME'),
        trigger: { type: 'STATS_CHANGE', ...trigger },
      },
      { execution_type: 'NOTIFICATION' },
    );
    const steps = await makeRule(
      world,
      {
        evaluation_type: 'TRIGGER',
        filters: filters('CAMPAIGN', 'LIFETIME'),
        trigger: { type: 'STATS_MILESTONE', field: 'spent', operator: 'EQUAL', value: 2000 },
      },
      { execution_type: 'NOTIFICATION' },
    );
    await world.advance(3 * DAY);
    expect((await world.call('GET', `${once}/history`)).body.data).toHaveLength(1);
    expect((await world.call('GET', `${steps}/history`)).body.data.length).toBeGreaterThan(1);
  });

  test('are found by what they govern, previewed and run by hand', async () => {
    const world = await makeWorld(simulator);
    const { adIds, campaignId } = await launch(world, { ads: 2 });
    const rule = await makeRule(
      world,
      { filters: filters('AD', 'TODAY', { field: 'ad.id', operator: 'IN', value: [adIds[0]] }) },
      { execution_type: 'PAUSE' },
      { status: 'DISABLED' },
    );
    await world.advance(3 * HOUR);
    expect((await read(world, adIds[0] as string, 'status')).status).toBe('ACTIVE');
    expect((await world.call('GET', `${adIds[0]}/adrules_governed`)).body.data).toEqual([{ id: rule }]);
    expect((await world.call('GET', `${adIds[1]}/adrules_governed`, { pass_evaluation: true })).body.data).toEqual([]);
    expect((await world.call('GET', `${campaignId}/adrules_governed`)).body.data).toEqual([]);
    expect((await world.call('POST', `${rule}/preview`)).body.data).toEqual([
      { object_id: adIds[0], object_type: 'AD', result: true },
    ]);
    expect((await world.call('POST', `${rule}/execute`)).body).toEqual({ success: true });
    expect((await read(world, adIds[0] as string, 'status')).status).toBe('PAUSED');
  });

  const wrong: [string, object, object][] = [
    ['no entity type', { filters: [] }, { execution_type: 'PAUSE' }],
    ['an unknown deed', { filters: filters('AD', 'TODAY') }, { execution_type: 'EXPLODE' }],
    ['a change without its amount', { filters: filters('AD', 'TODAY') }, { execution_type: 'CHANGE_BUDGET' }],
    [
      'a trigger that is missing',
      { evaluation_type: 'TRIGGER', filters: filters('AD', 'TODAY') },
      { execution_type: 'PAUSE' },
    ],
    ['an unknown preset', { filters: filters('AD', 'SOMETIMES') }, { execution_type: 'PAUSE' }],
  ];
  test.each(wrong)('are refused for %s', async (_why, evaluation, execution) => {
    const world = await makeWorld(simulator);
    const answer = await world.call('POST', `${world.account}/adrules_library`, {
      name: 'Rule',
      evaluation_spec: { evaluation_type: 'SCHEDULE', ...evaluation },
      execution_spec: execution,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(100);
  });
});
