import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  adSetParams,
  CAMPAIGN,
  creativeParams,
  DAY,
  launch,
  makeWorld,
  type Simulator,
  startSimulator,
  type World,
} from './world';

let simulator: Simulator;
let world: World;
let ids: string[];

beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
  const made = await launch(world, { ads: 2 });
  await world.advance(2 * DAY);
  ids = [
    world.account,
    world.page,
    world.pixel,
    world.userId,
    'me',
    made.campaignId,
    made.adSetId,
    ...made.adIds,
    '1',
    'search',
    '',
  ];
});
afterAll(() => simulator.close());

const EDGES = [
  '',
  'campaigns',
  'adsets',
  'ads',
  'adcreatives',
  'adimages',
  'insights',
  'copies',
  'adlabels',
  'previews',
  'accounts',
  'adaccounts',
  'permissions',
  'delivery_estimate',
  'reachestimate',
  'targetingsearch',
  'activities',
  'adrules_library',
  'leadgen_forms',
  'events',
  'budget_schedules',
  'leads',
  'nonsense',
];
const NAMES = [
  ...Object.keys(CAMPAIGN),
  ...Object.keys(adSetParams({ pixel: '1' }, '1')),
  ...Object.keys(creativeParams('1')),
  'fields',
  'filtering',
  'limit',
  'after',
  'level',
  'breakdowns',
  'time_range',
  'time_increment',
  'date_preset',
  'creative',
  'adset_id',
  'bytes',
  'adlabels',
  'end_time',
  'start_time',
  'attribution_spec',
  'spend_cap',
  'bid_amount',
  'bid_strategy',
  'execution_options',
  'effective_status',
  'summary',
  'type',
  'q',
  'ad_format',
  'data',
  'questions',
  'evaluation_spec',
  'sort',
  'method',
  'destination_type',
  'asset_feed_spec',
  'special_ad_category_country',
  'action_attribution_windows',
  'status',
  'targeting_spec',
  'execution_spec',
  'batch',
  'ids',
];
const odd = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '[]',
    '{}',
    '0',
    '-1',
    '1e99',
    'true',
    'ACTIVE',
    '{',
    '["a",',
    'name{',
    'a.b(c',
    '🙂',
    'last_7d',
    'ad',
    'age',
    '2026-01-01',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ maxLength: 40 }),
  fc.integer(),
);

/** Half-way sensible parameters: a valid request with some of it replaced by anything. */
const params = fc.record({
  base: fc.constantFrom('campaign', 'adset', 'creative', 'none'),
  odd: fc.dictionary(fc.constantFrom(...NAMES), odd, { maxKeys: 5 }),
});

function baseOf(kind: string): Record<string, unknown> {
  if (kind === 'campaign') return CAMPAIGN;
  if (kind === 'adset') return adSetParams(world, ids[5] ?? '');
  return kind === 'creative' ? creativeParams(world.page) : {};
}

test('whatever is asked is answered in Meta’s shapes and never by a fault of the simulator', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(20),
      fc.constantFrom(...EDGES),
      fc.constantFrom('GET', 'POST', 'POST', 'DELETE'),
      params,
      async (at, edge, method, draw) => {
        const id = ids[at % ids.length] ?? '';
        if (method === 'DELETE' && edge === '' && id !== '1') return;
        if (method === 'DELETE' && edge === 'permissions') return;
        const answer = await world.call(method, `${id}/${edge}`, { ...baseOf(draw.base), ...draw.odd });
        if (answer.status === 200) return;
        expect(answer.body.error).toMatchObject({
          message: expect.any(String),
          type: expect.any(String),
          code: expect.any(Number),
        });
        expect([1, 2]).not.toContain(answer.body.error.code);
      },
    ),
    { numRuns: 400, seed: 11 },
  );
  // What was let in must not break the days to come either.
  await world.advance(DAY);
  const rows = await world.call('GET', `${world.account}/insights`, {
    level: 'ad',
    breakdowns: 'age,gender',
    date_preset: 'maximum',
  });
  expect(rows.status).toBe(200);
  for (const edge of ['campaigns', 'adsets', 'ads', 'adcreatives']) {
    expect((await world.call('GET', `${world.account}/${edge}`, { fields: 'name', limit: 500 })).status).toBe(200);
  }
});
