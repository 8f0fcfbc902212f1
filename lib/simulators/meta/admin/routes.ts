import { Hono } from 'hono';
import { z } from 'zod';
import type { FaultBook } from '../faults/faults';
import type { Messenger } from '../webhooks/messenger';
import type { WorldHost } from '../world/host';
import { adminRoom, NoSuch } from './admin-room';
import { appDraft, faultDraft } from './drafts';
import { editRoutes } from './edit-routes';
import { adminGuard } from './guard';
import { marketRoutes } from './market-routes';
import { peopleRoutes } from './people-routes';
import type { RequestLog } from './request-log';
import { worldRoutes } from './world-routes';

export type AdminOptions = {
  host: WorldHost;
  faults: FaultBook;
  log: RequestLog;
  messenger: Messenger;
  adminKey: string | null;
  /** Whether the server listens on this machine alone. */
  isLocalOnly: () => boolean;
};

/** The admin interface under /_admin: worlds, clocks, truth, faults, requests, apps. */
export function adminRoutes({ host, faults, log, messenger, adminKey, isLocalOnly }: AdminOptions): Hono {
  const app = new Hono();
  const room = adminRoom(host);

  app.use('*', adminGuard(adminKey, isLocalOnly));
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: 'invalid request', issues: error.issues }, 400);
    if (error instanceof NoSuch) return c.json({ error: error.message }, 404);
    console.error('simulator admin fault', error);
    return c.json({ error: error.message }, 500);
  });

  app.get('/health', (c) => c.json({ ok: true }));
  worldRoutes(app, room, messenger);
  peopleRoutes(app, room);
  marketRoutes(app, room);
  editRoutes(app, room);

  // Everything at once: worlds, faults, the record of requests.
  app.post('/reset', (c) => {
    const worlds = [...host.worlds.keys()];
    for (const id of worlds) host.forgetWorld(id);
    faults.remove();
    log.clear({});
    return c.json({ deletedWorlds: worlds.length });
  });

  app.post('/faults', async (c) => c.json(faults.add(await room.read(c, faultDraft)), 201));
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
    const draft = await room.read(c, appDraft);
    const held = host.apps.get(draft.id)?.subscriptions;
    const made = { ...draft, name: draft.name ?? draft.id, isRegistered: true, subscriptions: held };
    host.registerApp(made);
    return c.json({ ...made, secret: undefined }, 201);
  });
  app.get('/apps', (c) => c.json({ apps: [...host.apps.values()].map(({ secret: _secret, ...rest }) => rest) }));

  app.notFound((c) => c.json({ error: 'no such admin call' }, 404));
  return app;
}
