import type { Goal } from '@/lib/domain/brief';
import { money } from '@/lib/domain/money';
import type { PlanAd, PlanAdSet, PlanTargeting } from '@/lib/domain/plan';
import { metaReader } from '@/lib/platforms/meta/reader';
import { createSimulatedWorld, type SimulatedWorld } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import type { AccountAccess } from '@/lib/platforms/port';
import { pngOf } from './pictures';

export type Shop = {
  world: SimulatedWorld;
  access: AccountAccess;
  pageId: string;
  instagramId: string | null;
  pixelId: string;
};

/** A fresh pretend shop, with everything a plan needs. */
export async function openShop(scenario = 'shop', seed = 7): Promise<Shop> {
  const world = await createSimulatedWorld({ scenario, seed });
  const [account, page] = [world.adAccounts[0], world.pages[0]];
  if (!account || !page) throw new Error('an empty world');
  const access: AccountAccess = {
    platform: 'meta',
    mode: 'SIMULATED',
    accountId: account.id,
    token: world.accessToken,
    currency: account.currency,
  };
  const [pixel] = await metaReader.listPixels(access);
  return { world, access, pageId: page.id, instagramId: page.instagramId ?? null, pixelId: pixel?.externalId ?? '' };
}

export const targeting: PlanTargeting = {
  countries: ['PT'],
  cities: [],
  ageMin: 30,
  ageMax: 55,
  interests: [],
  advantageAudience: true,
};
export const dsa = { payor: 'Padaria Aurora', beneficiary: 'Padaria Aurora' };

const WORDS: Record<Goal, Pick<PlanAd, 'callToAction' | 'linkUrl'>> = {
  LEADS: { callToAction: 'GET_QUOTE', linkUrl: 'https://shop.example/cakes' },
  SALES: { callToAction: 'SHOP_NOW', linkUrl: 'https://shop.example/' },
  TRAFFIC: { callToAction: 'LEARN_MORE', linkUrl: 'https://shop.example/' },
  MESSAGES: { callToAction: 'MESSAGE_PAGE', linkUrl: null },
  CALLS: { callToAction: 'CALL_NOW', linkUrl: 'tel:+351210000000' },
  APP_INSTALLS: { callToAction: 'INSTALL_APP', linkUrl: 'https://play.google.com/store/apps/details?id=x' },
};

export function planAd(goal: Goal, key: string): PlanAd {
  return {
    key,
    idea: 'fresh every day',
    headline: `Cakes ${key}`,
    primaryText: 'Birthday cakes from Porto',
    images: { square: 's', portrait: 'p', story: 't' },
    ...WORDS[goal],
  };
}

/** Daily budget in whole euros (or the account's units). */
export function planAdSet(access: AccountAccess, units = 20): PlanAdSet {
  const minor = access.currency === 'JPY' ? units * 150 : units * 100;
  return {
    key: 'adset-1',
    name: 'People in Portugal',
    dailyBudget: { minor: String(minor), currency: access.currency },
    targeting,
    ads: [],
    reserves: [],
  };
}

export type Deployed = { campaignId: string; adSetId: string; creativeIds: string[]; adIds: string[] };
export type DeployOptions = {
  goal?: Goal;
  ads?: number;
  pixelId?: string | null;
  leadFormId?: string | null;
  marker?: string;
  units?: number;
};

/** What the gate does, without its ledger: everything of a plan, paused. */
export async function deploy(
  shop: Shop,
  {
    goal = 'LEADS',
    ads = 2,
    pixelId = shop.pixelId,
    leadFormId = null,
    marker = 'ag:contract',
    units = 20,
  }: DeployOptions = {},
): Promise<Deployed> {
  const { access, pageId, instagramId } = shop;
  const upload = async (width: number, height: number) =>
    (
      await metaWriter.uploadImage(access, {
        name: `${width}x${height}.png`,
        bytes: pngOf(width, height, (width + height) % 251),
      })
    ).imageHash;
  const imageHashes = {
    square: await upload(600, 600),
    portrait: await upload(600, 750),
    story: await upload(600, 1_066),
  };
  const { remoteId: campaignId } = await metaWriter.createCampaign(access, {
    name: `Cakes [${marker}-c]`,
    goal,
    specialAdCategories: [],
    spendCap: null,
  });
  const { remoteId: adSetId } = await metaWriter.createAdSet(access, {
    name: `Portugal [${marker}-s]`,
    campaignRemoteId: campaignId,
    goal,
    adSet: planAdSet(access, units),
    pageId,
    pixelId,
    leadFormId,
    dsa,
  });
  const creativeIds: string[] = [];
  const adIds: string[] = [];
  for (let index = 0; index < ads; index += 1) {
    const { remoteId: creativeRemoteId } = await metaWriter.createCreative(access, {
      name: `Creative [${marker}-k${index}]`,
      ad: planAd(goal, `ad-${index}`),
      imageHashes,
      pageId,
      instagramId,
      leadFormId,
      urlTags: 'utm_source=facebook&utm_id=a&utm_content={{ad.id}}',
    });
    const { remoteId } = await metaWriter.createAd(access, {
      name: `Ad [${marker}-a${index}]`,
      adSetRemoteId: adSetId,
      creativeRemoteId,
    });
    creativeIds.push(creativeRemoteId);
    adIds.push(remoteId);
  }
  return { campaignId, adSetId, creativeIds, adIds };
}

/** Ads and ad set first, the campaign last: that write is the switch. */
export async function switchOn(shop: Shop, { campaignId, adSetId, adIds }: Deployed): Promise<void> {
  for (const adId of adIds) await metaWriter.setStatus(shop.access, 'ad', adId, 'ACTIVE');
  await metaWriter.setStatus(shop.access, 'adset', adSetId, 'ACTIVE');
  await metaWriter.setStatus(shop.access, 'campaign', campaignId, 'ACTIVE');
}

export const eur = (minor: number) => money(minor, 'EUR');
