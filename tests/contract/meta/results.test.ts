import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Goal } from '@/lib/domain/brief';
import { sumCounters } from '@/lib/domain/insight';
import { addDays, dayIn } from '@/lib/domain/time';
import { metaReader } from '@/lib/platforms/meta/reader';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { pointAt } from './environment';
import { deploy, openShop, type Shop, switchOn } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
}, 60_000);
afterAll(() => simulator?.stop());

/** A week of one goal's campaign, summed per level. */
async function week(shop: Shop, goal: Goal, assets: { pixelId: string | null; leadFormId?: string | null }) {
  const deployed = await deploy(shop, { goal, ads: 2, units: 80, ...assets });
  await switchOn(shop, deployed);
  const { offsetMs } = await setSimulatedClock(shop.world.worldId, { advanceMs: 8 * 86_400_000 });
  const until = dayIn(shop.world.adAccounts[0]?.timezone ?? 'UTC', new Date(Date.now() + offsetMs));
  const query = { since: addDays(until, -8), until, goal };
  const [campaign, ad] = await Promise.all(
    (['campaign', 'ad'] as const).map(async (level) =>
      sumCounters((await metaReader.insights(shop.access, { ...query, level })).rows),
    ),
  );
  return { campaign, ad };
}

async function formOf(shop: Shop): Promise<string> {
  const { remoteId } = await metaWriter.createLeadForm(shop.access, {
    pageId: shop.pageId,
    name: 'Orders',
    language: 'en',
    privacyPolicyUrl: 'https://shop.example/privacy',
    thanks: { title: 'Thanks', body: 'Soon.', websiteUrl: null },
  });
  return remoteId;
}

const COUNTED: [
  string,
  Goal,
  (shop: Shop) => Promise<{ pixelId: string | null; leadFormId?: string }>,
  { hasValue: boolean },
][] = [
  ['LEADS by pixel', 'LEADS', async (shop) => ({ pixelId: shop.pixelId }), { hasValue: false }],
  [
    'LEADS by instant form',
    'LEADS',
    async (shop) => ({ pixelId: null, leadFormId: await formOf(shop) }),
    { hasValue: false },
  ],
  ['SALES by pixel', 'SALES', async (shop) => ({ pixelId: shop.pixelId }), { hasValue: true }],
  ['CALLS: taps on the button', 'CALLS', async () => ({ pixelId: null }), { hasValue: false }],
];

test.each(COUNTED)('%s are counted, the same at every level', async (_name, goal, assets, { hasValue }) => {
  const shop = await openShop();
  const { campaign, ad } = await week(shop, goal, await assets(shop));
  expect(campaign?.results).toBeGreaterThan(0);
  expect(ad).toEqual(campaign);
  expect(campaign?.valueMinor === null).toBe(!hasValue);
  if (goal === 'CALLS') expect(campaign?.results).toBe(campaign?.clicks);
});

test.each([
  ['LEADS', null],
  ['SALES', null],
  ['TRAFFIC', null],
  ['APP_INSTALLS', null],
] as const)('%s with nothing that counts: visits only, never called results', async (goal, pixelId) => {
  const { campaign, ad } = await week(await openShop(), goal, { pixelId });
  expect(campaign).toMatchObject({ results: null, valueMinor: null });
  expect(campaign?.clicks).toBeGreaterThan(0);
  if (goal !== 'APP_INSTALLS') expect(campaign?.landingPageViews).toBeGreaterThan(0);
  expect(ad).toEqual(campaign);
});

test('MESSAGES are counted from the first conversation on: none so far is a zero, not unknown', async () => {
  const { campaign } = await week(await openShop(), 'MESSAGES', { pixelId: null });
  expect(campaign?.results).not.toBeNull();
});
