import type { Money } from './domain/money';
import { type InsightQuery, insights } from './platforms/meta/read/insights';
import { readObject, readCampaignTree as readTree } from './platforms/meta/read/objects';
import { createAd as ad } from './platforms/meta/write/ad';
import { createAdSet as adSet, setAdSetBudget } from './platforms/meta/write/ad-set';
import { createCampaign as campaign } from './platforms/meta/write/campaign';
import { createCreative as creative, uploadImage as image } from './platforms/meta/write/creative';
import { setStatus } from './platforms/meta/write/status';
import type { AccountAccess, RemoteLevel } from './platforms/port';

/**
 * The Marketing API in plain verbs, `(accountId, token, …)`: the public face of platforms/meta, whose read and write files
 * never import one another. Writes create things paused, are sent once and are never retried here; inside the product only
 * the gate (services/mutations) writes, and it uses the registry.
 */
export type Place = {
  currency: string /** Which host: Meta, or the simulator of this installation. */;
  mode?: 'LIVE' | 'SIMULATED';
};

function accessTo(accountId: string, token: string, place: Place): AccountAccess {
  const id = accountId.startsWith('act_') ? accountId : `act_${accountId}`;
  return { platform: 'meta', mode: place.mode ?? 'LIVE', accountId: id, token, currency: place.currency };
}

export function createCampaign(accountId: string, token: string, input: Parameters<typeof campaign>[1], place: Place) {
  return campaign(accessTo(accountId, token, place), input);
}

export function createAdSet(accountId: string, token: string, input: Parameters<typeof adSet>[1], place: Place) {
  return adSet(accessTo(accountId, token, place), input);
}

export function uploadImage(
  accountId: string,
  token: string,
  input: { name: string; bytes: Uint8Array },
  place: Place,
) {
  return image(accessTo(accountId, token, place), input);
}

export function createCreative(accountId: string, token: string, input: Parameters<typeof creative>[1], place: Place) {
  return creative(accessTo(accountId, token, place), input);
}

export function createAd(accountId: string, token: string, input: Parameters<typeof ad>[1], place: Place) {
  return ad(accessTo(accountId, token, place), input);
}

export function pauseCampaign(accountId: string, token: string, campaignId: string, place: Place): Promise<void> {
  return setStatus(accessTo(accountId, token, place), 'campaign', campaignId, 'PAUSED');
}

/** @param dailyBudget in the account's currency; another one is refused, never converted. */
export function updateAdSetBudget(
  accountId: string,
  token: string,
  adSetId: string,
  dailyBudget: Money,
  place: Place,
): Promise<void> {
  return setAdSetBudget(accessTo(accountId, token, place), adSetId, dailyBudget);
}

/** Daily rows of one campaign (or of its ad sets or ads), both days included. */
export function getCampaignInsights(
  accountId: string,
  token: string,
  campaignId: string,
  query: Omit<InsightQuery, 'campaignRemoteId'>,
  place: Place,
) {
  return insights(accessTo(accountId, token, place), { ...query, campaignRemoteId: campaignId });
}

export function readCampaignTree(accountId: string, token: string, campaignId: string, place: Place) {
  return readTree(accessTo(accountId, token, place), campaignId);
}

/** An object as Meta shows it now, or null when there is none. */
export function read(accountId: string, token: string, level: RemoteLevel, remoteId: string, place: Place) {
  return readObject(accessTo(accountId, token, place), level, remoteId);
}
