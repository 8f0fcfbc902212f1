import { afterAll, beforeAll, expect, test } from 'vitest';
import * as facebook from '@/lib/facebook';
import { pointAt } from './environment';
import { pngOf } from './pictures';
import { dsa, eur, openShop, planAd, planAdSet } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
}, 60_000);
afterAll(() => simulator?.stop());

test("the documents' verbs carry a campaign from nothing to paused again, with account id and token alone", async () => {
  const shop = await openShop();
  const { token } = shop.access;
  // With or without Meta's prefix: people paste both.
  const account = shop.access.accountId.replace('act_', '');
  const place = { currency: 'EUR', mode: 'SIMULATED' } as const;
  const { imageHash } = await facebook.uploadImage(account, token, { name: 'a.png', bytes: pngOf(600, 600, 5) }, place);
  const campaign = await facebook.createCampaign(
    account,
    token,
    { name: 'Cakes', goal: 'SALES', specialAdCategories: [], spendCap: null },
    place,
  );
  const adSet = await facebook.createAdSet(
    account,
    token,
    {
      name: 'Portugal',
      campaignRemoteId: campaign.remoteId,
      goal: 'SALES',
      adSet: planAdSet(shop.access),
      pageId: shop.pageId,
      pixelId: shop.pixelId,
      dsa,
    },
    place,
  );
  const creative = await facebook.createCreative(
    account,
    token,
    {
      name: 'Creative',
      ad: planAd('SALES', 'ad-1'),
      imageHashes: { square: imageHash, portrait: imageHash, story: imageHash },
      pageId: shop.pageId,
      instagramId: shop.instagramId,
      urlTags: '',
    },
    place,
  );
  const ad = await facebook.createAd(
    account,
    token,
    { name: 'Ad', adSetRemoteId: adSet.remoteId, creativeRemoteId: creative.remoteId },
    place,
  );
  expect(
    (await facebook.readCampaignTree(account, token, campaign.remoteId, place)).map((object) => object.remoteId),
  ).toEqual([campaign.remoteId, adSet.remoteId, ad.remoteId]);

  await facebook.updateAdSetBudget(account, token, adSet.remoteId, eur(1_234), place);
  expect(await facebook.read(account, token, 'adset', adSet.remoteId, place)).toMatchObject({
    dailyBudget: eur(1_234),
    status: 'PAUSED',
  });
  await facebook.pauseCampaign(account, token, campaign.remoteId, place);
  const { rows } = await facebook.getCampaignInsights(
    account,
    token,
    campaign.remoteId,
    { level: 'ad', since: '2026-11-01', until: '2026-11-02', goal: 'SALES' },
    place,
  );
  expect(rows).toEqual([]);
});
