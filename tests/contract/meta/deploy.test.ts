import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOALS } from '@/lib/domain/brief';
import { addDays, dayIn } from '@/lib/domain/time';
import * as facebook from '@/lib/facebook';
import { moneyFromMetaMajor } from '@/lib/platforms/meta/codec';
import { metaFailure } from '@/lib/platforms/meta/errors';
import { runReport } from '@/lib/platforms/meta/read/report';
import { metaReader } from '@/lib/platforms/meta/reader';
import { insightRowSchema } from '@/lib/platforms/meta/schemas';
import { findSimulatedWorld, setSimulatedClock, simulatorAnswers } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { pointAt } from './environment';
import { pngOf } from './pictures';
import { type Deployed, deploy, dsa, eur, openShop, planAd, planAdSet, type Shop, switchOn } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

const HOUR = 3_600_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
}, 60_000);
afterAll(() => simulator?.stop());

/** Worlds have their own clock: how far this one was moved. */
async function advance(shop: Shop, hours: number): Promise<number> {
  return (await setSimulatedClock(shop.world.worldId, { advanceMs: hours * HOUR })).offsetMs;
}
const zoneOf = (shop: Shop) => shop.world.adAccounts[0]?.timezone ?? 'UTC';

describe('a fresh account', () => {
  test('the simulator answers, and a world is found by its ad account', async () => {
    const shop = await openShop();
    expect(await simulatorAnswers()).toBe(true);
    expect(await findSimulatedWorld({ accountId: shop.access.accountId })).toMatchObject({
      worldId: shop.world.worldId,
    });
    expect(await findSimulatedWorld({ accountId: 'act_1' })).toBeNull();
  });

  test('accounts, Pages and pixels are seen with what deciding needs', async () => {
    const { access, world } = await openShop('two-accounts');
    const accounts = await metaReader.listAccounts(access);
    expect(accounts).toHaveLength(2);
    expect(accounts.map((account) => account.currency).sort()).toEqual(['EUR', 'USD']);
    for (const account of accounts) {
      expect(account).toMatchObject({ status: 'ACTIVE', hasFunding: true });
      expect(account.externalId).toMatch(/^act_\d+$/);
      expect(account.minDailyBudget?.currency).toBe(account.currency);
      expect(account.pixels).toHaveLength(1);
    }
    const pages = await metaReader.listPages(access);
    expect(pages.map((page) => page.externalId).sort()).toEqual(world.pages.map((page) => page.id).sort());
    expect(pages.every((page) => page.mayAdvertise)).toBe(true);
    expect(pages.some((page) => page.instagramId !== null)).toBe(true);
  });

  test.each([
    ['unpaid', 'UNSETTLED', false],
    ['disabled', 'DISABLED', true],
  ] as const)('%s account: its state is seen', async (scenario, status, hasFunding) => {
    const { access } = await openShop(scenario);
    expect((await metaReader.listAccounts(access))[0]).toMatchObject({ status, hasFunding });
  });

  test('cities and interests are found', async () => {
    const { access } = await openShop();
    const cities = await metaReader.searchCities(access, { text: 'Port', country: 'PT' });
    expect(cities.some((city) => city.name === 'Porto' && /^\d+$/.test(city.key))).toBe(true);
    expect((await metaReader.searchInterests(access, { text: 'coffee' })).length).toBeGreaterThan(0);
  });
});

describe('a plan', () => {
  let shop: Shop;
  let deployed: Deployed;
  beforeAll(async () => {
    shop = await openShop();
    deployed = await deploy(shop);
  });

  test('stands at the platform as it was meant, all of it paused', async () => {
    const tree = await metaReader.readCampaignTree(shop.access, deployed.campaignId);
    expect(tree.map((object) => object.level)).toEqual(['campaign', 'adset', 'ad', 'ad']);
    for (const object of tree) expect(object.status).toBe('PAUSED');
    const [campaign, adSet, ...ads] = tree;
    expect(campaign?.fields).toMatchObject({ objective: 'OUTCOME_LEADS', is_adset_budget_sharing_enabled: false });
    expect(adSet).toMatchObject({ parentRemoteId: deployed.campaignId, dailyBudget: eur(2_000) });
    expect(adSet?.fields).toMatchObject({
      optimization_goal: 'OFFSITE_CONVERSIONS',
      billing_event: 'IMPRESSIONS',
      promoted_object: { pixel_id: shop.pixelId, custom_event_type: 'LEAD' },
      dsa_payor: 'Padaria Aurora',
      dsa_beneficiary: 'Padaria Aurora',
      targeting: { geo_locations: { countries: ['PT'] }, targeting_automation: { advantage_audience: 1 } },
    });
    expect(ads.map((ad) => ad.creativeId).sort()).toEqual([...deployed.creativeIds].sort());
  });

  test('its creatives decline every enhancement and carry our tags', async () => {
    const creative = await metaReader.read(shop.access, 'creative', deployed.creativeIds[0] ?? '');
    expect(creative?.fields).toMatchObject({
      url_tags: expect.stringContaining('utm_content={{ad.id}}'),
      degrees_of_freedom_spec: { creative_features_spec: { text_optimizations: { enroll_status: 'OPT_OUT' } } },
      object_story_spec: { page_id: shop.pageId },
    });
    expect(
      await metaReader.preview(shop.access, { creativeRemoteId: deployed.creativeIds[0] ?? '', place: 'feed' }),
    ).toSatisfy((url) => url === null || String(url).startsWith('https://'));
  });

  test('each object is found by its marker, at its level only', async () => {
    const look = (level: Parameters<typeof metaReader.findByMarker>[1], marker: string, parent: string | null) =>
      metaReader.findByMarker(shop.access, level, marker, parent);
    expect(await look('campaign', 'ag:contract-c', null)).toMatchObject({
      kind: 'found',
      object: { remoteId: deployed.campaignId, status: 'PAUSED' },
    });
    expect(await look('adset', 'ag:contract-s', deployed.campaignId)).toMatchObject({
      kind: 'found',
      object: { remoteId: deployed.adSetId },
    });
    expect(await look('creative', 'ag:contract-k1', null)).toMatchObject({
      kind: 'found',
      object: { remoteId: deployed.creativeIds[1] },
    });
    expect(await look('ad', 'ag:contract-a0', deployed.adSetId)).toMatchObject({
      kind: 'found',
      object: { remoteId: deployed.adIds[0] },
    });
    expect(await look('ad', 'ag:contract-a', deployed.adSetId)).toMatchObject({ kind: 'several' });
    expect(await look('campaign', 'ag:contract-never', null)).toEqual({ kind: 'absent' });
    expect((await look('adset', 'ag:contract-s', '120000000000000000')).kind).toBe('inconclusive');
  });

  test('the same picture has the same hash', async () => {
    const once = await metaWriter.uploadImage(shop.access, { name: 'a.png', bytes: pngOf(600, 600, 9) });
    const again = await metaWriter.uploadImage(shop.access, { name: 'b.png', bytes: pngOf(600, 600, 9) });
    expect(once.imageHash).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toEqual(once);
  });

  test('what does not exist is null', async () => {
    expect(await metaReader.read(shop.access, 'ad', '120000000000000099')).toBeNull();
    expect(await metaReader.readCampaignTree(shop.access, '120000000000000099')).toEqual([]);
  });
});

describe('every goal can be deployed', () => {
  test.each(GOALS.flatMap((goal) => [true, false].map((hasPixel) => ({ goal, hasPixel }))))(
    '$goal, pixel: $hasPixel',
    async ({ goal, hasPixel }) => {
      const shop = await openShop();
      const deployed = await deploy(shop, { goal, ads: 1, pixelId: hasPixel ? shop.pixelId : null });
      expect(await metaReader.readCampaignTree(shop.access, deployed.campaignId)).toHaveLength(3);
    },
  );

  test('LEADS with an instant form made by us', async () => {
    const shop = await openShop();
    const { remoteId: leadFormId } = await metaWriter.createLeadForm(shop.access, {
      pageId: shop.pageId,
      name: 'Cake orders',
      language: 'en',
      privacyPolicyUrl: 'https://shop.example/privacy',
      thanks: { title: 'Thank you', body: 'We will call you.', websiteUrl: 'https://shop.example/' },
    });
    expect(await metaReader.listLeadForms(shop.access, { pageId: shop.pageId })).toEqual([
      { externalId: leadFormId, name: 'Cake orders' },
    ]);
    const deployed = await deploy(shop, { goal: 'LEADS', ads: 1, pixelId: null, leadFormId });
    const [, adSet] = await metaReader.readCampaignTree(shop.access, deployed.campaignId);
    expect(adSet?.fields).toMatchObject({ optimization_goal: 'LEAD_GENERATION', destination_type: 'ON_AD' });
  });

  test('yen are sent as yen', async () => {
    const shop = await openShop('jpy');
    const deployed = await deploy(shop, { ads: 1 });
    expect((await metaReader.read(shop.access, 'adset', deployed.adSetId))?.dailyBudget).toEqual({
      minor: 3_000n,
      currency: 'JPY',
    });
  });
});

describe('a running campaign', () => {
  test('goes through review to active, delivers, and its numbers add up at every level', async () => {
    const shop = await openShop();
    const deployed = await deploy(shop, { ads: 3, units: 60 });
    await switchOn(shop, deployed);
    const before = await metaReader.read(shop.access, 'ad', deployed.adIds[0] ?? '');
    expect(['PENDING_REVIEW', 'IN_PROCESS']).toContain(before?.effectiveStatus);
    const offset = await advance(shop, 24 * 8);
    expect((await metaReader.read(shop.access, 'campaign', deployed.campaignId))?.effectiveStatus).toBe('ACTIVE');

    const until = dayIn(zoneOf(shop), new Date(Date.now() + offset));
    const query = { since: addDays(until, -8), until, goal: 'LEADS' } as const;
    const levels = await Promise.all(
      (['campaign', 'adset', 'ad'] as const).map((level) => metaReader.insights(shop.access, { ...query, level })),
    );
    const sums = levels.map(({ rows }) =>
      rows.reduce(
        (sum, row) => ({
          spend: sum.spend + row.spendMinor,
          impressions: sum.impressions + row.impressions,
          clicks: sum.clicks + row.clicks,
          results: sum.results + (row.results ?? 0),
        }),
        { spend: 0n, impressions: 0, clicks: 0, results: 0 },
      ),
    );
    expect(sums[0]?.spend).toBeGreaterThan(0n);
    expect(sums[0]?.results).toBeGreaterThan(0);
    expect(sums[1]).toEqual(sums[0]);
    expect(sums[2]).toEqual(sums[0]);
    for (const { rows } of levels) {
      for (const row of rows) {
        expect(row).toMatchObject({ currency: 'EUR', valueMinor: null });
        expect(row.results).not.toBeNull();
      }
    }
    const ads = levels[2]?.rows ?? [];
    expect(new Set(ads.map((row) => row.parentId))).toEqual(new Set([deployed.adSetId]));
    const reach = await metaReader.windowReach(shop.access, {
      campaignRemoteId: deployed.campaignId,
      since: query.since,
      until,
    });
    const daily = levels[0]?.rows.reduce((sum, row) => sum + (row.reach ?? 0), 0) ?? 0;
    expect(reach?.reach).toBeGreaterThan(0);
    expect(reach?.reach).toBeLessThanOrEqual(daily);
    const throughFace = await facebook.getCampaignInsights(
      shop.access.accountId,
      shop.access.token,
      deployed.campaignId,
      { ...query, level: 'campaign' },
      { currency: 'EUR', mode: 'SIMULATED' },
    );
    expect(throughFace.rows).toEqual(levels[0]?.rows);
  });

  test('numbers of deleted things still count, and a report in the background says the same', async () => {
    const shop = await openShop('shop-history');
    const until = dayIn(zoneOf(shop), new Date());
    const query = { since: addDays(until, -40), until, goal: 'LEADS' } as const;
    const total = async () => {
      const { rows } = await metaReader.insights(shop.access, { ...query, level: 'ad' });
      return {
        spend: rows.reduce((sum, row) => sum + row.spendMinor, 0n),
        campaigns: new Set(
          (await metaReader.insights(shop.access, { ...query, level: 'campaign' })).rows.map((row) => row.entityId),
        ),
      };
    };
    const before = await total();
    expect(before.spend).toBeGreaterThan(0n);
    const report = await runReport(
      shop.access,
      shop.access.accountId,
      {
        level: 'ad',
        fields: 'ad_id,spend',
        time_increment: 1,
        time_range: { since: query.since, until },
      },
      insightRowSchema,
      (row) => `${row.ad_id} ${row.date_start}`,
      { pollMs: 300, deadlineMs: 20_000 },
    );
    expect(report.reduce((sum, row) => sum + moneyFromMetaMajor(row.spend, 'EUR').minor, 0n)).toBe(before.spend);
    for (const campaignId of before.campaigns) await metaWriter.remove(shop.access, campaignId);
    expect((await total()).spend).toBe(before.spend);
  });

  test('sales carry their value', async () => {
    const shop = await openShop();
    const deployed = await deploy(shop, { goal: 'SALES', units: 120 });
    await switchOn(shop, deployed);
    const offset = await advance(shop, 24 * 10);
    const until = dayIn(zoneOf(shop), new Date(Date.now() + offset));
    const { rows } = await metaReader.insights(shop.access, {
      level: 'campaign',
      since: addDays(until, -10),
      until,
      goal: 'SALES',
    });
    const sold = rows.filter((row) => (row.results ?? 0) > 0);
    expect(sold.length).toBeGreaterThan(0);
    for (const row of sold) expect(row.valueMinor).toBeGreaterThan(0n);
    for (const row of rows) expect(row.valueMinor).not.toBeNull();
  });

  test('paused, another budget, another creative, a spend cap, a stop rule, removed: all read back', async () => {
    const shop = await openShop();
    const { access } = shop;
    const place = { currency: 'EUR', mode: 'SIMULATED' } as const;
    const deployed = await deploy(shop, { ads: 1 });
    await switchOn(shop, deployed);
    await advance(shop, 2);
    await facebook.updateAdSetBudget(access.accountId, access.token, deployed.adSetId, eur(2_400), place);
    expect((await metaReader.read(access, 'adset', deployed.adSetId))?.dailyBudget).toEqual(eur(2_400));
    await facebook.pauseCampaign(access.accountId, access.token, deployed.campaignId, place);
    expect(await metaReader.read(access, 'campaign', deployed.campaignId)).toMatchObject({
      status: 'PAUSED',
      effectiveStatus: 'PAUSED',
    });
    expect((await metaReader.read(access, 'adset', deployed.adSetId))?.effectiveStatus).toBe('CAMPAIGN_PAUSED');

    const { imageHash } = await metaWriter.uploadImage(access, { name: 'x.png', bytes: pngOf(700, 700, 3) });
    const { remoteId } = await metaWriter.createCreative(access, {
      name: 'Reserve',
      ad: planAd('LEADS', 'reserve-1'),
      imageHashes: { square: imageHash, portrait: imageHash, story: imageHash },
      pageId: shop.pageId,
      instagramId: null,
      urlTags: '',
    });
    await metaWriter.setAdCreative(access, deployed.adIds[0] ?? '', remoteId);
    expect((await metaReader.read(access, 'ad', deployed.adIds[0] ?? ''))?.creativeId).toBe(remoteId);

    await advance(shop, 1);
    await metaWriter.setCampaignSpendCap(access, deployed.campaignId, eur(50_000));
    expect((await metaReader.read(access, 'campaign', deployed.campaignId))?.fields.spend_cap).toBe('50000');
    await advance(shop, 1);
    await metaWriter.setCampaignSpendCap(access, deployed.campaignId, null);
    expect(
      (
        await metaWriter.createStopRule(access, {
          name: 'stop',
          campaignRemoteId: deployed.campaignId,
          perDay: eur(9_000),
        })
      ).remoteId,
    ).toMatch(/^\d+$/);

    await advance(shop, 1);
    await metaWriter.remove(access, deployed.campaignId);
    const tree = await metaReader.readCampaignTree(access, deployed.campaignId);
    expect(tree).toHaveLength(3);
    expect(tree.every((object) => object.effectiveStatus === 'DELETED')).toBe(true);
    expect(await metaReader.findByMarker(access, 'campaign', 'ag:contract-c', null)).toEqual({ kind: 'absent' });
  });

  test('an ad the platform refuses says why', async () => {
    const shop = await openShop();
    const deployed = await deploy(shop, { ads: 1 });
    await switchOn(shop, deployed);
    await simulator.admin('POST', `worlds/${shop.world.worldId}/edit`, {
      objectId: deployed.adIds[0],
      review: 'disapprove',
    });
    const ad = await metaReader.read(shop.access, 'ad', deployed.adIds[0] ?? '');
    expect(ad?.effectiveStatus).toBe('DISAPPROVED');
    expect(ad?.reviewFeedback.join(' ')).toContain('Advertising Standards');
  });
});

describe('refusals keep the words Meta has for the owner', () => {
  async function refusal(call: Promise<unknown>) {
    const error = await call.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return { code: (error as { code?: string } | null)?.code, failure: metaFailure(error) };
  }

  test('a budget below the minimum', async () => {
    const shop = await openShop();
    const { campaignId } = await deploy(shop, { ads: 0 });
    const { code, failure } = await refusal(
      metaWriter.createAdSet(shop.access, {
        name: 'tiny',
        campaignRemoteId: campaignId,
        goal: 'LEADS',
        adSet: { ...planAdSet(shop.access), dailyBudget: { minor: '10', currency: 'EUR' } },
        pageId: shop.pageId,
        pixelId: shop.pixelId,
        dsa,
      }),
    );
    expect(code).toBe('platform_fix_input');
    expect(failure).toMatchObject({
      metaCode: 100,
      metaSubcode: 1885272,
      blamed: ['daily_budget'],
      userMessage: expect.stringContaining('budget'),
    });
  });

  test('no payer in the EU', async () => {
    const shop = await openShop();
    const { campaignId } = await deploy(shop, { ads: 0 });
    const { failure } = await refusal(
      metaWriter.createAdSet(shop.access, {
        name: 'no payer',
        campaignRemoteId: campaignId,
        goal: 'LEADS',
        adSet: planAdSet(shop.access),
        pageId: shop.pageId,
        pixelId: shop.pixelId,
        dsa: null,
      }),
    );
    expect(failure).toMatchObject({ metaSubcode: 3858079, blamed: ['dsa_payor'] });
  });

  test("another currency than the account's never leaves", async () => {
    const shop = await openShop('jpy');
    const deployed = await deploy(shop, { ads: 0 });
    expect((await refusal(metaWriter.setAdSetBudget(shop.access, deployed.adSetId, eur(2_000)))).code).toBe(
      'invalid_input',
    );
  });
});
