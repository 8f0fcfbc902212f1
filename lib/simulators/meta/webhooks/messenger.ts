import { createHmac, randomInt } from 'node:crypto';
import type { App } from '../graph/context';
import { GraphError, missing } from '../wire/errors';
import { isObject, type Params, readText, readTextList, requireText } from '../wire/params';
import type { WorldHost } from '../world/host';
import { type LiveWorld, objectOf } from '../world/live-world';
import type { JsonObject } from '../world/types';
import { entriesOf, type News, newsBetween } from './news';

export type Delivery = {
  at: string;
  appId: string;
  url: string;
  body: string;
  status: number | null;
  attempts: number;
};

const MOST_KEPT = 500;
const MOST_ATTEMPTS = 4;
const PATIENCE_MS = 5_000;
const MOST_CHANGES = 100;
const OBJECTS = ['page', 'ad_account', 'user', 'instagram', 'permissions', 'application'];

/** Tells apps what they subscribed to. One at a time, so that an app hears things in their order. */
export type Messenger = {
  subscribe(app: App, params: Params): Promise<JsonObject>;
  listSubscriptions(app: App): JsonObject;
  unsubscribe(app: App, params: Params): JsonObject;
  /** Tells what is new in a world up to its present; resolves when every message was tried once. */
  tell(live: LiveWorld): Promise<Delivery[]>;
  deliveries(): Delivery[];
};

export function createMessenger(host: WorldHost): Messenger {
  const kept: Delivery[] = [];
  let waiting: Delivery[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const attempt = async (delivery: Delivery): Promise<void> => {
    const app = host.apps.get(delivery.appId);
    delivery.attempts++;
    delivery.status = await post(delivery, app?.secret ?? '');
    const isDone = delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
    waiting = waiting.filter((one) => one !== delivery);
    if (!isDone && delivery.attempts < MOST_ATTEMPTS) waiting.push(delivery);
  };

  const tellNow = async (live: LiveWorld): Promise<Delivery[]> => {
    const due = [...waiting, ...freshDeliveries(host, live)];
    for (const delivery of due) {
      if (!kept.includes(delivery)) kept.push(delivery);
      await attempt(delivery);
    }
    kept.splice(0, Math.max(0, kept.length - MOST_KEPT));
    return due;
  };

  return {
    subscribe: (app, params) => subscribe(host, app, params),
    listSubscriptions: (app) => ({
      data: (app.subscriptions ?? []).map((one) => ({
        object: one.object,
        callback_url: one.callbackUrl,
        active: true,
        fields: one.fields.map((name) => ({ name, version: 'v26.0' })),
      })),
    }),
    unsubscribe: (app, params) => {
      const object = readText(params, 'object');
      app.subscriptions = (app.subscriptions ?? []).filter((one) => object !== undefined && one.object !== object);
      host.registerApp(app);
      return { success: true };
    },
    tell: (live) => {
      const turn = last.then(() => tellNow(live));
      last = turn.catch(() => undefined);
      return turn;
    },
    deliveries: () => kept,
  };
}

/** POST /{app}/subscriptions: the address must echo a challenge before it counts. */
async function subscribe(host: WorldHost, app: App, params: Params): Promise<JsonObject> {
  const object = requireText(params, 'object');
  if (!OBJECTS.includes(object))
    throw new GraphError({ code: 100, message: `(#100) Param object must be one of {${OBJECTS.join(', ')}}` });
  const callbackUrl = requireText(params, 'callback_url');
  const verifyToken = readText(params, 'verify_token') ?? '';
  const fields = readTextList(params, 'fields');
  if (!fields || fields.length === 0) throw missing('fields');
  await requireEcho(callbackUrl, verifyToken);
  const others = (app.subscriptions ?? []).filter((one) => one.object !== object);
  app.subscriptions = [...others, { object, callbackUrl, fields }];
  host.registerApp(app);
  // Who subscribes now is not told what was before.
  for (const live of host.worlds.values()) live.world.toldMs ??= host.worldNow(live.world);
  return { success: true };
}

async function requireEcho(callbackUrl: string, verifyToken: string): Promise<void> {
  const challenge = String(randomInt(100_000_000, 1_000_000_000));
  const failed = (why: string) =>
    new GraphError({ code: 2200, message: `(#2200) Callback verification failed with the following errors: ${why}` });
  if (!URL.canParse(callbackUrl)) throw failed('the address is not valid');
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' }).catch(() => null);
  if (!answer) throw failed('the address could not be reached');
  if (!answer.ok) throw failed(`HTTP Status Code = ${answer.status}`);
  if ((await answer.text()).trim() !== challenge) throw failed('the challenge was not echoed');
}

function freshDeliveries(host: WorldHost, live: LiveWorld): Delivery[] {
  const { world } = live;
  const nowMs = host.worldNow(world);
  const listeners = [...host.apps.values()].filter((app) => (app.subscriptions ?? []).length > 0);
  if (listeners.length === 0) return [];
  const sinceMs = world.toldMs ?? nowMs;
  const news = newsBetween(live, sinceMs, nowMs);
  world.toldMs = nowMs;
  host.persist(live);
  return listeners.flatMap((app) => messagesFor(live, app, news, nowMs));
}

function messagesFor(live: LiveWorld, app: App, news: readonly News[], nowMs: number): Delivery[] {
  return (app.subscriptions ?? []).flatMap((subscription) => {
    const meant = news.filter(
      (one) =>
        one.object === subscription.object && subscription.fields.includes(one.field) && isInstalled(live, app, one),
    );
    const parts = Array.from({ length: Math.ceil(meant.length / MOST_CHANGES) }, (_, at) =>
      meant.slice(at * MOST_CHANGES, (at + 1) * MOST_CHANGES),
    );
    return parts.map((part) => ({
      at: new Date(nowMs).toISOString(),
      appId: app.id,
      url: subscription.callbackUrl,
      body: JSON.stringify({ object: subscription.object, entry: entriesOf(part) }),
      status: null,
      attempts: 0,
    }));
  });
}

/** A Page tells only the apps it was subscribed to; an ad account those whose person may read ads. */
function isInstalled(live: LiveWorld, app: App, news: News): boolean {
  if (news.object === 'ad_account') return live.world.grants[app.id]?.ads_management === 'granted';
  const held = objectOf(live.world, news.entryId, 'page')?.data.subscribed;
  const fields = isObject(held) ? held[app.id] : undefined;
  return Array.isArray(fields) && fields.includes(news.field);
}

async function post({ url, body }: Delivery, secret: string): Promise<number | null> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return fetch(url, {
    method: 'POST',
    body,
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'manual',
  }).then(
    (answer) => answer.status,
    () => null,
  );
}
