import type { Hono } from 'hono';
import type { z } from 'zod';
import { catchUp } from '../delivery/catch-up';
import { queueReview } from '../status/review';
import { isObject } from '../wire/params';
import { type LiveWorld, objectOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject } from '../world/types';
import type { AdminRoom } from './admin-room';
import { editDraft } from './drafts';

/** What a person does in Ads Manager, and what Meta's reviewers decide. */
export function editRoutes(app: Hono, { host, worldOf, read, NoSuch }: AdminRoom): void {
  app.post('/worlds/:id/edit', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = await read(c, editDraft);
    const nowMs = host.worldNow(live.world);
    catchUp(live, nowMs);
    const object = objectOf(live.world, draft.objectId);
    if (!object) throw new NoSuch(draft.objectId);

    // null takes a field away: an account loses its way to pay by {"funding_source": null}.
    for (const [key, value] of Object.entries(draft.set))
      object.data[key] = value === null ? undefined : (value as Json);
    if (draft.status && draft.status !== object.status)
      Object.assign(object, { status: draft.status, statusMs: nowMs });
    if (draft.issues) object.hidden.issues = draft.issues.length > 0 ? draft.issues : undefined;
    if (draft.review) decideReview(live, object.id, draft.review, nowMs);
    object.updatedMs = nowMs;
    noteEdit(live, object, draft, nowMs);
    host.persist(live);
    return c.json({ id: object.id, status: object.status, data: object.data });
  });
}

const NOUNS: Partial<Record<GraphObject['kind'], string>> = { adset: 'ad_set', adaccount: 'ad_account' };

function noteEdit(live: LiveWorld, object: GraphObject, draft: z.infer<typeof editDraft>, nowMs: number): void {
  const noun = NOUNS[object.kind] ?? object.kind;
  live.world.activities.push({
    account: object.kind === 'adaccount' ? object.id : object.account,
    atMs: nowMs,
    eventType: draft.status ? `update_${noun}_run_status` : `update_${noun}_budget`,
    objectId: object.id,
    objectName: String(object.data.name ?? ''),
    objectType: object.kind.toUpperCase(),
    actorName: 'A person in Ads Manager',
    extra: draft.set as JsonObject,
  });
}

function decideReview(
  live: LiveWorld,
  adId: string,
  verdict: 'approve' | 'disapprove' | 'restart',
  nowMs: number,
): void {
  const ad = objectOf(live.world, adId, 'ad');
  if (!ad) return;
  const creative = isObject(ad.data.creative) ? objectOf(live.world, String(ad.data.creative.id)) : null;
  if (verdict === 'restart') {
    queueReview(live.world, ad, creative, nowMs);
    return;
  }
  ad.hidden.reviewDoneMs = nowMs;
  ad.hidden.disapproval =
    verdict === 'disapprove'
      ? { 'Advertising Policies': 'Your ad was rejected because it does not follow our Advertising Standards.' }
      : undefined;
}
