import { leadsOf } from '../nodes/leads';
import { reviewState } from '../status/review';
import { isObject } from '../wire/params';
import { type LiveWorld, objectOf, objectsOf, textOf } from '../world/live-world';
import type { GraphObject, JsonObject } from '../world/types';

/** One thing that happened, as a webhook tells it. */
export type News = { object: 'page' | 'ad_account'; entryId: string; field: string; atMs: number; value: JsonObject };

/** What happened in a world after `sinceMs` up to `untilMs` that somebody may want to hear. */
export function newsBetween(live: LiveWorld, sinceMs: number, untilMs: number): News[] {
  const ads = objectsOf(live.world, 'ad');
  const found = [
    ...ads.flatMap((ad) => [...leadNews(live, ad, untilMs), ...reviewNews(ad, untilMs)]),
    ...testLeadNews(live),
  ];
  return found
    .filter((news) => news.atMs > sinceMs && news.atMs <= untilMs)
    .sort((one, other) => one.atMs - other.atMs);
}

function leadNews(live: LiveWorld, ad: GraphObject, untilMs: number): News[] {
  return leadsOf(live, ad, untilMs).flatMap((lead) => toLeadNews(live, lead, lead.updatedMs));
}

function testLeadNews(live: LiveWorld): News[] {
  return objectsOf(live.world, 'lead').flatMap((lead) => toLeadNews(live, lead, lead.createdMs));
}

function toLeadNews(live: LiveWorld, lead: GraphObject, atMs: number): News[] {
  const form = objectOf(live.world, textOf(lead, 'form_id'), 'leadform');
  const page = textOf(form, 'page_id');
  if (!form || page === undefined) return [];
  const { ad_id: adId, adset_id: adSetId } = lead.data;
  const value: JsonObject = {
    leadgen_id: lead.id,
    form_id: form.id,
    page_id: page,
    ...(adId === undefined ? {} : { ad_id: adId, adgroup_id: adId, adset_id: adSetId }),
    created_time: Math.floor(lead.createdMs / 1000),
  };
  return [{ object: 'page', entryId: page, field: 'leadgen', atMs, value }];
}

/** The end of a review: the ad leaves processing, and a rejected one has an issue. */
function reviewNews(ad: GraphObject, untilMs: number): News[] {
  const atMs = ad.hidden.reviewDoneMs ?? ad.createdMs;
  if (atMs > untilMs) return [];
  const verdict = reviewState(ad, atMs);
  const base = { object: 'ad_account' as const, entryId: ad.account.replace('act_', ''), atMs };
  const left = { id: ad.id, level: 'AD', status_name: verdict === 'DISAPPROVED' ? 'Disapproved' : 'Active' };
  const news: News[] = [{ ...base, field: 'in_process_ad_objects', value: left }];
  if (verdict !== 'DISAPPROVED') return news;
  const [reason] = Object.values(isObject(ad.hidden.disapproval) ? ad.hidden.disapproval : {});
  const value = {
    id: ad.id,
    level: 'AD',
    error_code: 1815869,
    error_summary: 'Ad Not Approved',
    error_message: String(reason ?? ''),
  };
  return [...news, { ...base, field: 'with_issues_ad_objects', value }];
}

/** News told to one app in one request, grouped as Meta groups them. */
export function entriesOf(news: readonly News[]): JsonObject[] {
  const ids = [...new Set(news.map((one) => one.entryId))];
  return ids.map((id) => {
    const own = news.filter((one) => one.entryId === id);
    return {
      id,
      time: Math.floor(Math.max(...own.map((one) => one.atMs)) / 1000),
      changes: own.map(({ field, value }) => ({ field, value })),
    };
  });
}
