import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Goal } from '@/lib/domain/brief';
import type { PlanAd } from '@/lib/domain/plan';
import { adSetGoalOf, measureOf, objectiveOf } from '@/lib/platforms/meta/goals';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import type { Wanted } from '@/lib/platforms/port';
import { pointAt } from './environment';
import { pngOf } from './pictures';
import { dsa, openShop, planAd, planAdSet, type Shop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
let shop: Shop;
let formId: string;
let imageHash: string;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
  shop = await openShop();
  formId = (
    await metaWriter.createLeadForm(shop.access, {
      pageId: shop.pageId,
      name: 'Orders',
      language: 'en',
      privacyPolicyUrl: 'https://shop.example/privacy',
      thanks: { title: 'Thank you', body: 'We will call.', websiteUrl: null },
    })
  ).remoteId;
  imageHash = (await metaWriter.uploadImage(shop.access, { name: 'a.png', bytes: pngOf(600, 600, 7) })).imageHash;
}, 60_000);
afterAll(() => simulator?.stop());

type Has = { site: boolean; pixel: boolean; form: boolean };
type Aim = { objective: string; goal: string; destination: string | null; promoted: string[]; counts: boolean };
type Row = { goal: Goal; has: Has; aim: Aim };
const has = (...what: (keyof Has)[]): Has => ({
  site: what.includes('site'),
  pixel: what.includes('pixel'),
  form: what.includes('form'),
});
const aim = (
  objective: string,
  goal: string,
  destination: string | null,
  promoted: string[],
  counts: boolean,
): Aim => ({
  objective: `OUTCOME_${objective}`,
  goal,
  destination,
  promoted,
  counts,
});
const onSite = (objective: string) =>
  aim(objective, 'OFFSITE_CONVERSIONS', 'WEBSITE', ['custom_event_type', 'pixel_id'], true);
const visits = (objective: string) => aim(objective, 'LANDING_PAGE_VIEWS', null, [], false);
const form = aim('LEADS', 'LEAD_GENERATION', 'ON_AD', ['page_id'], true);
const messages = aim('ENGAGEMENT', 'CONVERSATIONS', 'MESSENGER', ['page_id'], true);
const calls = aim('TRAFFIC', 'LINK_CLICKS', 'PHONE_CALL', ['page_id'], true);
const toStore = aim('TRAFFIC', 'LINK_CLICKS', null, [], false);

/** A Page is always there: without one nothing can be advertised at all. */
const TABLE: Row[] = [
  { goal: 'LEADS', has: has('site', 'pixel'), aim: onSite('LEADS') },
  { goal: 'LEADS', has: has('site'), aim: visits('LEADS') },
  { goal: 'LEADS', has: has('form'), aim: form },
  { goal: 'LEADS', has: has('site', 'form'), aim: form },
  { goal: 'LEADS', has: has('site', 'pixel', 'form'), aim: form },
  { goal: 'SALES', has: has('site', 'pixel'), aim: onSite('SALES') },
  { goal: 'SALES', has: has('site'), aim: visits('SALES') },
  { goal: 'TRAFFIC', has: has('site', 'pixel'), aim: visits('TRAFFIC') },
  { goal: 'TRAFFIC', has: has('site'), aim: visits('TRAFFIC') },
  { goal: 'MESSAGES', has: has('site', 'pixel'), aim: messages },
  { goal: 'MESSAGES', has: has(), aim: messages },
  { goal: 'CALLS', has: has('site'), aim: calls },
  { goal: 'CALLS', has: has(), aim: calls },
  { goal: 'APP_INSTALLS', has: has('site'), aim: toStore },
];

/** Where an ad of this row leads. */
function adOf({ goal, has: { site, form: hasForm } }: Row): PlanAd {
  const ad = planAd(goal, 'ad-1');
  if (goal === 'LEADS' && hasForm && !site) return { ...ad, linkUrl: null };
  return ad;
}

async function wantedOf(row: Row): Promise<Wanted[]> {
  const { goal, has: have } = row;
  const assets = {
    pageId: shop.pageId,
    pixelId: have.pixel ? shop.pixelId : null,
    leadFormId: have.form ? formId : null,
  };
  const campaign = { name: `c ${goal}`, goal, specialAdCategories: [], spendCap: null };
  const { remoteId: campaignRemoteId } = await metaWriter.createCampaign(shop.access, campaign);
  const adSet = { name: 's', campaignRemoteId, goal, adSet: planAdSet(shop.access), dsa, ...assets };
  const hashes = { square: imageHash, portrait: imageHash, story: imageHash };
  const creative = {
    name: 'k',
    ad: adOf(row),
    imageHashes: hashes,
    pageId: shop.pageId,
    instagramId: shop.instagramId,
    urlTags: '',
    leadFormId: assets.leadFormId,
  };
  const { remoteId: adSetRemoteId } = await metaWriter.createAdSet(shop.access, adSet);
  const { remoteId: creativeRemoteId } = await metaWriter.createCreative(shop.access, creative);
  return [
    { kind: 'campaign', input: campaign },
    { kind: 'ad_set', input: adSet },
    { kind: 'creative', input: creative },
    { kind: 'ad', input: { name: 'a', adSetRemoteId, creativeRemoteId } },
  ];
}

describe('objective, goal, destination and promoted object', () => {
  const named = TABLE.map((row) => {
    const what = Object.entries(row.has).flatMap(([name, there]) => (there ? [name] : []));
    return [`${row.goal} with ${what.join(', ') || 'a Page alone'}`, row] as const;
  });

  test.each(named)('%s: as the table says, and Meta would take all of it', async (_name, row) => {
    const { goal, has: have, aim: expected } = row;
    const assets = {
      pageId: shop.pageId,
      pixelId: have.pixel ? shop.pixelId : null,
      leadFormId: have.form ? formId : null,
    };
    const set = adSetGoalOf(goal, assets);
    expect({
      objective: objectiveOf(goal, null),
      goal: set.optimizationGoal,
      destination: set.destinationType,
      promoted: Object.keys(set.promotedObject ?? {}).sort(),
      counts:
        measureOf({
          optimization_goal: set.optimizationGoal,
          destination_type: set.destinationType ?? undefined,
          promoted_object: set.promotedObject ?? undefined,
        }) !== null,
    }).toEqual(expected);
    for (const wanted of await wantedOf(row))
      expect(await metaReader.wouldTake(shop.access, wanted), wanted.kind).toEqual({ yes: true });
  });

  test('every goal stands in the table', () => {
    const goals: Goal[] = ['LEADS', 'SALES', 'TRAFFIC', 'MESSAGES', 'CALLS', 'APP_INSTALLS'];
    expect(new Set(TABLE.map(({ goal }) => goal))).toEqual(new Set(goals));
  });
});

describe('what Meta would not take', () => {
  test('is told in its own words with the field to blame, and nothing was made by asking', async () => {
    const other = await openShop('shop', 99);
    const { remoteId: campaignRemoteId } = await metaWriter.createCampaign(other.access, {
      name: 'c',
      goal: 'TRAFFIC',
      specialAdCategories: [],
      spendCap: null,
    });
    const input = {
      name: 's',
      campaignRemoteId,
      goal: 'TRAFFIC',
      adSet: { ...planAdSet(other.access), dailyBudget: { minor: '1', currency: 'EUR' } },
      pageId: other.pageId,
      pixelId: null,
      dsa,
    } as const;
    expect(await metaReader.wouldTake(other.access, { kind: 'ad_set', input })).toMatchObject({
      yes: false,
      subcode: 1885272,
      blamed: ['daily_budget'],
      userTitle: expect.any(String),
    });
    const fine = { ...input, adSet: planAdSet(other.access) };
    expect(await metaReader.wouldTake(other.access, { kind: 'ad_set', input: fine })).toEqual({ yes: true });
    expect(await metaReader.readCampaignTree(other.access, campaignRemoteId)).toHaveLength(1);
  });

  test('is not what a login or a limit says: then nothing is known', async () => {
    const gone = { ...shop.access, token: `${shop.access.token.slice(0, -6)}zzzzzz` };
    const input = { name: 'c', goal: 'TRAFFIC', specialAdCategories: [], spendCap: null } as const;
    await expect(
      metaReader.wouldTake(gone, { kind: 'campaign', input: { ...input, specialAdCategories: [] } }),
    ).rejects.toMatchObject({ code: 'platform_reauthorise' });
  });
});
