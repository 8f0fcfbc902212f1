import { creativeTruth } from '../../market/market';
import { ALL_SCOPES, grantScopes } from '../auth/permissions';
import { issueToken, LONG_LIFE_MS } from '../auth/tokens';
import { catchUp, marketOf } from '../delivery/catch-up';
import { toMarketInput } from '../delivery/market-input';
import { effectiveStatus } from '../status/effective-status';
import { isObject } from '../wire/params';
import type { WorldHost } from '../world/host';
import { deliveryOf, type LiveWorld, objectsOf, textOf } from '../world/live-world';
import type { JsonObject } from '../world/types';

/** A world as the admin interface answers it, without secrets. */
export function worldView(host: WorldHost, live: LiveWorld): JsonObject {
  const { world } = live;
  const user = world.objects[world.userId];
  return {
    worldId: world.id,
    scenario: world.scenario,
    seed: world.seed,
    rateTier: world.rateTier,
    userId: world.userId,
    personName: textOf(user, 'name'),
    nowIso: new Date(host.worldNow(world)).toISOString(),
    offsetMs: world.offsetMs,
    adAccounts: objectsOf(world, 'adaccount').map((account) => ({
      id: account.id,
      name: textOf(account, 'name'),
      currency: textOf(account, 'currency'),
      timezone: textOf(account, 'timezone_name'),
      pixelId: objectsOf(world, 'pixel', account.id)[0]?.id,
    })),
    pages: objectsOf(world, 'page').map((page) => {
      const instagram = page.data.instagram_business_account;
      return {
        id: page.id,
        name: textOf(page, 'name'),
        ...(isObject(instagram) ? { instagramId: String(instagram.id) } : {}),
      };
    }),
    grants: world.grants,
  };
}

/** Grants an app every permission and hands out a long-lived token. */
export function openAccess(host: WorldHost, live: LiveWorld, appId: string): JsonObject {
  const nowMs = host.worldNow(live.world);
  grantScopes(live.world, appId, ALL_SCOPES, ALL_SCOPES);
  const token = issueToken(live.world, { appId, scopes: [...ALL_SCOPES], nowMs, lifeMs: LONG_LIFE_MS });
  host.persist(live);
  return { accessToken: token.value, tokenExpiresAt: new Date(token.expiresMs).toISOString(), appId };
}

/** The hidden truth: rates of accounts, ad sets and ads, and what really happened. */
export function truthView(host: WorldHost, live: LiveWorld): JsonObject {
  const { world } = live;
  const nowMs = host.worldNow(world);
  catchUp(live, nowMs);

  const accounts = objectsOf(world, 'adaccount').map((account): JsonObject => {
    const market = marketOf(world, account);
    const input = toMarketInput(world, account);
    const ads = input.campaigns
      .flatMap((campaign) => campaign.adSets)
      .flatMap((adSet) =>
        adSet.ads.map((ad): JsonObject => {
          const object = world.objects[ad.key];
          const truth = creativeTruth(market, input, adSet, ad);
          const state = market.ads[ad.key];
          const setTruth = market.adSets[adSet.key]?.truth;
          const delivered = deliveryOf(live, ad.key);
          const sum = (key: 'impressions' | 'linkClicks' | 'spendMinor') =>
            delivered.cells.reduce((total, cell) => total + cell[key], 0);
          return {
            adId: ad.key,
            name: textOf(object, 'name'),
            adSetId: adSet.key,
            effectiveStatus: object ? effectiveStatus(world, object, nowMs) : null,
            role: truth.role,
            isBad: truth.role === 'bad',
            ctrFactor: truth.ctr,
            cvrFactor: truth.cvr,
            fatigueExponent: truth.fatigue,
            linkCtr: market.truth.linkCtr * (setTruth?.ctr ?? 1) * truth.ctr,
            impressions: sum('impressions'),
            linkClicks: sum('linkClicks'),
            spendMinor: sum('spendMinor'),
            trueResults: state?.trueResults ?? 0,
            lostResults: state?.lostResults ?? 0,
          };
        }),
      );
    return {
      accountId: account.id,
      rates: { ...market.truth },
      spentMinor: market.spentMinor,
      adSets: Object.fromEntries(Object.entries(market.adSets).map(([id, state]) => [id, { ...state.truth }])),
      ads,
    };
  });
  return { worldId: world.id, nowIso: new Date(nowMs).toISOString(), accounts };
}
