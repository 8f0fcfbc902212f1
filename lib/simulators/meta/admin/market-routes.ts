import type { Hono } from 'hono';
import type { z } from 'zod';
import { creativeTruth } from '../../market/market';
import { catchUp, marketOf } from '../delivery/catch-up';
import { toMarketInput } from '../delivery/market-input';
import { type LiveWorld, objectOf } from '../world/live-world';
import type { AdminRoom } from './admin-room';
import { marketDraft, shockDraft } from './drafts';
import { truthView } from './world-view';

/** The hidden market: looking at it, changing it, shocking it. */
export function marketRoutes(app: Hono, { host, worldOf, read, NoSuch }: AdminRoom): void {
  app.get('/worlds/:id/truth', (c) => c.json(truthView(host, worldOf(c.req.param('id')))));

  app.post('/worlds/:id/shocks', async (c) => {
    const live = worldOf(c.req.param('id'));
    const { accountId, kind, hours, startInHours, factor, adSetId } = await read(c, shockDraft);
    const nowMs = host.worldNow(live.world);
    catchUp(live, nowMs);
    const fromMs = nowMs + startInHours * 3_600_000;
    const shock = { kind, fromMs, toMs: fromMs + hours * 3_600_000, factor, adSetKey: adSetId };
    live.world.shocks[accountId] = [...(live.world.shocks[accountId] ?? []), shock];
    host.persist(live);
    return c.json({ shocks: live.world.shocks[accountId] }, 201);
  });

  app.post('/worlds/:id/market', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = await read(c, marketDraft);
    catchUp(live, host.worldNow(live.world));
    const unknown = changeMarket(live, draft);
    if (unknown !== null) throw new NoSuch(unknown);
    host.persist(live);
    return c.json(truthView(host, live));
  });

  // What somebody who opens the shop's home page would see now.
  app.get('/worlds/:id/site', (c) => {
    const { world } = worldOf(c.req.param('id'));
    const nowMs = host.worldNow(world);
    const shocks = Object.values(world.shocks).flat();
    const isDown = shocks.some((one) => one.kind === 'shop_down' && one.fromMs <= nowMs && nowMs < one.toMs);
    return c.json({ answers: !isDown });
  });
}

/** Applies a change of the hidden truth; the name of what does not exist, or null. */
function changeMarket(live: LiveWorld, draft: z.infer<typeof marketDraft>): string | null {
  const account = objectOf(live.world, draft.accountId, 'adaccount');
  if (!account) return draft.accountId;
  const market = marketOf(live.world, account);
  const input = toMarketInput(live.world, account);
  const sets = input.campaigns.flatMap((campaign) => campaign.adSets);

  const badRate = assignKnown(market.truth, draft.rates ?? {});
  if (badRate !== null) return badRate;
  if (draft.season !== undefined) market.truth.season = draft.season ?? undefined;
  for (const [id, factors] of Object.entries(draft.adSets ?? {})) {
    const truth = market.adSets[id]?.truth;
    const bad = truth ? assignKnown(truth, factors) : id;
    if (bad !== null) return bad;
  }
  for (const [id, factors] of Object.entries(draft.ads ?? {})) {
    const adSet = sets.find((one) => one.ads.some((ad) => ad.key === id));
    const ad = adSet?.ads.find((one) => one.key === id);
    if (!adSet || !ad) return id;
    const bad = assignKnown(creativeTruth(market, input, adSet, ad), factors);
    if (bad !== null) return bad;
  }
  return null;
}

function assignKnown(truth: object, changes: Record<string, number>): string | null {
  const numbers = truth as Record<string, unknown>;
  const unknown = Object.keys(changes).find((key) => typeof numbers[key] !== 'number');
  if (unknown !== undefined) return unknown;
  Object.assign(truth, changes);
  return null;
}
