import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { appOf } from '../auth/exchange';
import { revokePermission } from '../auth/permissions';
import { catchUp } from '../delivery/catch-up';
import { FAULT_KINDS, type FaultBook } from '../faults/faults';
import { queueReview } from '../status/review';
import { isObject } from '../wire/params';
import type { WorldHost } from '../world/host';
import { markOf } from '../world/ids';
import { journalLine, type LiveWorld, objectOf, reviveWorld } from '../world/live-world';
import { SCENARIOS } from '../world/scenarios';
import type { Json, JsonObject } from '../world/types';
import { callBack, signedRequest } from './callbacks';
import type { RequestLog } from './request-log';
import { openAccess, truthView, worldView } from './world-view';

const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost', '[::1]']);

const worldDraft = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  scenario: z.enum(SCENARIOS).default('shop'),
  seed: z.number().int().optional(),
  personName: z.string().min(1).optional(),
  businessName: z.string().min(1).optional(),
  rateTier: z.enum(['generous', 'full', 'limited']).optional(),
  appId: z.string().default('simulated-app'),
});
const clockDraft = z.union([
  z.object({ advanceMs: z.number().nonnegative() }),
  z.object({ offsetMs: z.number().nonnegative() }),
]);
const faultDraft = z.object({
  kind: z.enum(FAULT_KINDS),
  world: z.string().optional(),
  account: z.string().optional(),
  match: z
    .object({ method: z.string().optional(), path: z.string().optional(), body: z.string().optional() })
    .optional(),
  nth: z.number().int().positive().optional(),
  times: z.number().int().nonnegative().optional(),
  params: z.record(z.string(), z.json()).optional(),
});
const appDraft = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{3,64}$/),
  secret: z.string().min(1),
  name: z.string().optional(),
  requireProof: z.boolean().default(false),
  tier: z.enum(['limited', 'full']).default('full'),
  isInDevelopment: z.boolean().default(false),
});
const tokenDraft = z.object({
  action: z.enum(['revoke', 'expire', 'issue']),
  subcode: z.number().int().optional(),
  token: z.string().optional(),
  appId: z.string().default('simulated-app'),
});
const callbackDraft = z.object({
  kind: z.enum(['deauthorize', 'deletion']),
  url: z.url(),
  appId: z.string().default('simulated-app'),
});
const permissionDraft = z.object({
  appId: z.string().default('simulated-app'),
  permission: z.string(),
  status: z.enum(['granted', 'declined']),
});
const shockDraft = z.object({
  accountId: z.string(),
  kind: z.enum(['tracking_lost', 'shop_down', 'price', 'conversion_drop', 'landing_lost']),
  hours: z.number().positive(),
  startInHours: z.number().nonnegative().default(0),
  factor: z.number().nonnegative().optional(),
  adSetId: z.string().optional(),
});
const editDraft = z.object({
  objectId: z.string(),
  set: z.record(z.string(), z.json()).default({}),
  status: z.enum(['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED']).optional(),
  review: z.enum(['approve', 'disapprove', 'restart']).optional(),
});

export type AdminOptions = {
  host: WorldHost;
  faults: FaultBook;
  log: RequestLog;
  adminKey: string | null;
  peerOf: (env: unknown) => string | undefined;
};

/** The admin interface under /_admin: worlds, clocks, truth, faults, requests, apps. */
export function adminRoutes({ host, faults, log, adminKey, peerOf }: AdminOptions): Hono {
  const app = new Hono();

  app.use('*', async (c, next) => {
    if (adminKey !== null) {
      if (c.req.header('authorization') !== `Bearer ${adminKey}`)
        return c.json({ error: 'a valid admin key is needed' }, 401);
      return next();
    }
    const peer = peerOf(c.env) ?? new URL(c.req.url).hostname;
    if (!LOCAL.has(peer)) return c.json({ error: 'without an admin key only this machine may ask' }, 403);
    return next();
  });

  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: 'invalid request', issues: error.issues }, 400);
    if (error instanceof NoSuchWorld) return c.json({ error: error.message }, 404);
    console.error('simulator admin fault', error);
    return c.json({ error: error.message }, 500);
  });

  app.get('/health', (c) => c.json({ ok: true }));

  const worldOf = (id: string): LiveWorld => {
    const live = host.worlds.get(id);
    if (!live) throw new NoSuchWorld(id);
    return live;
  };

  app.post('/worlds', async (c) => {
    const draft = worldDraft.parse(await readBody(c.req.raw));
    const known = draft.id === undefined ? undefined : host.worlds.get(draft.id);
    const live = known ?? host.createWorld(draft);
    return c.json({ ...worldView(host, live), ...openAccess(host, live, draft.appId) }, known ? 200 : 201);
  });

  app.get('/worlds', (c) => {
    const account = c.req.query('account') ?? c.req.query('object');
    const all = [...host.worlds.values()];
    const mark = account === undefined ? null : markOf(account);
    const found =
      account === undefined
        ? all
        : all.filter((live) => live.world.mark === mark && objectOf(live.world, account) !== null);
    if (account !== undefined && found.length === 0) return c.json({ error: `no world has ${account}` }, 404);
    return c.json({ worlds: found.map((live) => worldView(host, live)) });
  });

  app.get('/worlds/:id', (c) => c.json(worldView(host, worldOf(c.req.param('id')))));
  app.delete('/worlds/:id', (c) => {
    worldOf(c.req.param('id'));
    host.forgetWorld(c.req.param('id'));
    return c.json({ deleted: true });
  });

  app.post('/worlds/:id/clock', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = clockDraft.parse(await readBody(c.req.raw));
    const wanted = 'advanceMs' in draft ? live.world.offsetMs + draft.advanceMs : draft.offsetMs;
    // The clock never goes back: what was delivered stays delivered.
    if (wanted > live.world.offsetMs) {
      catchUp(live, host.worldNow(live.world));
      live.world.offsetMs = wanted;
    }
    catchUp(live, host.worldNow(live.world));
    host.persist(live);
    return c.json({ nowIso: new Date(host.worldNow(live.world)).toISOString(), offsetMs: live.world.offsetMs });
  });

  // What somebody who opens the shop's home page would see now.
  app.get('/worlds/:id/site', (c) => {
    const { world } = worldOf(c.req.param('id'));
    const nowMs = host.worldNow(world);
    const shocks = Object.values(world.shocks).flat();
    const isDown = shocks.some((one) => one.kind === 'shop_down' && one.fromMs <= nowMs && nowMs < one.toMs);
    return c.json({ answers: !isDown });
  });

  app.get('/worlds/:id/truth', (c) => c.json(truthView(host, worldOf(c.req.param('id')))));

  app.post('/worlds/:id/tokens', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = tokenDraft.parse(await readBody(c.req.raw));
    if (draft.action === 'issue') return c.json(openAccess(host, live, draft.appId), 201);
    const meant = live.world.tokens.filter(
      (token) => (draft.token === undefined || token.value === draft.token) && token.endedWith === undefined,
    );
    for (const token of meant) token.endedWith = draft.subcode ?? (draft.action === 'expire' ? 463 : 460);
    host.persist(live);
    return c.json({ ended: meant.length });
  });

  app.post('/worlds/:id/permissions', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = permissionDraft.parse(await readBody(c.req.raw));
    live.world.grants[draft.appId] = { ...live.world.grants[draft.appId], [draft.permission]: draft.status };
    host.persist(live);
    return c.json({ permissions: live.world.grants[draft.appId] });
  });

  app.post('/worlds/:id/callbacks', async (c) => {
    const live = worldOf(c.req.param('id'));
    const { kind, url, appId } = callbackDraft.parse(await readBody(c.req.raw));
    const caller = appOf(host, appId);
    if (!caller) throw new NoSuchWorld(appId);
    if (kind === 'deauthorize') {
      revokePermission(live.world, appId);
      host.persist(live);
    }
    return c.json(await callBack(url, signedRequest(caller, live.world.userId, host.worldNow(live.world))));
  });

  app.post('/worlds/:id/shocks', async (c) => {
    const live = worldOf(c.req.param('id'));
    const { accountId, kind, hours, startInHours, factor, adSetId } = shockDraft.parse(await readBody(c.req.raw));
    catchUp(live, host.worldNow(live.world));
    const fromMs = host.worldNow(live.world) + startInHours * 3_600_000;
    const shock = { kind, fromMs, toMs: fromMs + hours * 3_600_000, factor, adSetKey: adSetId };
    live.world.shocks[accountId] = [...(live.world.shocks[accountId] ?? []), shock];
    host.persist(live);
    return c.json({ shocks: live.world.shocks[accountId] }, 201);
  });

  app.post('/worlds/:id/edit', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = editDraft.parse(await readBody(c.req.raw));
    const nowMs = host.worldNow(live.world);
    catchUp(live, nowMs);
    const object = objectOf(live.world, draft.objectId);
    if (!object) throw new NoSuchWorld(draft.objectId);

    // null takes a field away: an account loses its way to pay by {"funding_source": null}.
    for (const [key, value] of Object.entries(draft.set))
      object.data[key] = value === null ? undefined : (value as Json);
    if (draft.status && draft.status !== object.status)
      Object.assign(object, { status: draft.status, statusMs: nowMs });
    if (draft.review) decideReview(live, object.id, draft.review, nowMs);
    object.updatedMs = nowMs;
    live.world.activities.push({
      account: object.kind === 'adaccount' ? object.id : object.account,
      atMs: nowMs,
      eventType: draft.status ? 'update_campaign_run_status' : 'update_ad_set_budget',
      objectId: object.id,
      objectName: String(object.data.name ?? ''),
      objectType: object.kind.toUpperCase(),
      actorName: 'A person in Ads Manager',
      extra: draft.set as JsonObject,
    });
    host.persist(live);
    return c.json({ id: object.id, status: object.status, data: object.data });
  });

  app.post('/worlds/:id/snapshot', (c) => {
    const live = worldOf(c.req.param('id'));
    const snapshotId = `${live.world.id}-${randomBytes(5).toString('hex')}`;
    const journal = [...live.deliveries].map(([adId, delivery]) => journalLine(adId, delivery)).join('');
    const json = JSON.stringify({ world: { ...live.world, journalBytes: journal.length }, journal });
    host.store.writeBlob(`snapshot-${snapshotId}.json`, Buffer.from(json));
    return c.json({ snapshotId }, 201);
  });

  app.post('/worlds/:id/restore', async (c) => {
    const id = c.req.param('id');
    const { snapshotId } = z.object({ snapshotId: z.string() }).parse(await readBody(c.req.raw));
    const bytes = host.store.readBlob(`snapshot-${snapshotId}.json`);
    if (!bytes) throw new NoSuchWorld(snapshotId);
    const saved = JSON.parse(Buffer.from(bytes).toString('utf8')) as { world: LiveWorld['world']; journal: string };
    if (saved.world.id !== id) return c.json({ error: 'the snapshot belongs to another world' }, 409);
    host.store.deleteWorld(id);
    host.store.appendJournal(id, 0, saved.journal);
    const live = reviveWorld({ worldId: id, json: JSON.stringify(saved.world), journal: saved.journal });
    host.worlds.set(id, live);
    host.persist(live);
    return c.json(worldView(host, live));
  });

  app.post('/faults', async (c) => c.json(faults.add(faultDraft.parse(await readBody(c.req.raw))), 201));
  app.get('/faults', (c) => c.json({ faults: faults.list() }));
  app.delete('/faults', (c) => {
    faults.remove();
    return c.json({ deleted: true });
  });
  app.delete('/faults/:id', (c) => {
    faults.remove(c.req.param('id'));
    return c.json({ deleted: true });
  });

  const filterOf = (query: Record<string, string>) => ({
    world: query.world,
    account: query.account,
    method: query.method,
    since: query.since === undefined ? undefined : Number(query.since),
  });
  app.get('/requests', (c) => c.json({ requests: log.list(filterOf(c.req.query())) }));
  app.delete('/requests', (c) => {
    log.clear(filterOf(c.req.query()));
    return c.json({ deleted: true });
  });

  app.post('/apps', async (c) => {
    const draft = appDraft.parse(await readBody(c.req.raw));
    const made = { ...draft, name: draft.name ?? draft.id, isRegistered: true };
    host.registerApp(made);
    return c.json({ ...made, secret: undefined }, 201);
  });
  app.get('/apps', (c) => c.json({ apps: [...host.apps.values()].map(({ secret: _secret, ...rest }) => rest) }));

  app.notFound((c) => c.json({ error: 'no such admin call' }, 404));
  return app;
}

class NoSuchWorld extends Error {
  constructor(id: string) {
    super(`nothing here is called ${id}`);
  }
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new z.ZodError([{ code: 'custom', path: [], message: 'the body is not JSON', input: undefined }]);
  }
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
