import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { z } from 'zod';
import { catchUp } from '../delivery/catch-up';
import type { Messenger } from '../webhooks/messenger';
import { worldByMark } from '../world/find-world';
import { markOf } from '../world/ids';
import { journalLine, type LiveWorld, objectOf, reviveWorld } from '../world/live-world';
import type { AdminRoom } from './admin-room';
import { clockDraft, worldDraft } from './drafts';
import { openAccess, worldView } from './world-view';

/** Worlds: making, finding, moving their clocks, keeping and restoring their state. */
export function worldRoutes(app: Hono, { host, worldOf, read, NoSuch }: AdminRoom, messenger: Messenger): void {
  app.post('/worlds', async (c) => {
    const draft = await read(c, worldDraft);
    const known = draft.id === undefined ? undefined : host.worlds.get(draft.id);
    const live = known ?? host.createWorld(draft);
    return c.json({ ...worldView(host, live), ...openAccess(host, live, draft.appId) }, known ? 200 : 201);
  });

  app.get('/worlds', (c) => {
    const account = c.req.query('account') ?? c.req.query('object');
    if (account === undefined)
      return c.json({ worlds: [...host.worlds.values()].map((live) => worldView(host, live)) });
    const live = worldByMark(host.worlds, markOf(account));
    if (!live || !objectOf(live.world, account)) return c.json({ error: `no world has ${account}` }, 404);
    return c.json({ worlds: [worldView(host, live)] });
  });

  app.get('/worlds/:id', (c) => c.json(worldView(host, worldOf(c.req.param('id')))));
  app.delete('/worlds/:id', (c) => {
    worldOf(c.req.param('id'));
    host.forgetWorld(c.req.param('id'));
    return c.json({ deleted: true });
  });

  app.post('/worlds/:id/clock', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = await read(c, clockDraft);
    const wanted = 'advanceMs' in draft ? live.world.offsetMs + draft.advanceMs : draft.offsetMs;
    // The clock never goes back: what was delivered stays delivered.
    if (wanted > live.world.offsetMs) {
      catchUp(live, host.worldNow(live.world));
      live.world.offsetMs = wanted;
    }
    catchUp(live, host.worldNow(live.world));
    host.persist(live);
    if (live.world.toldMs !== undefined) void messenger.tell(live);
    return c.json({ nowIso: new Date(host.worldNow(live.world)).toISOString(), offsetMs: live.world.offsetMs });
  });

  // Waits until subscribers were told everything up to now.
  app.post('/worlds/:id/webhooks', async (c) =>
    c.json({ deliveries: await messenger.tell(worldOf(c.req.param('id'))) }),
  );
  app.get('/webhooks', (c) => c.json({ deliveries: messenger.deliveries() }));

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
    const { snapshotId } = await read(c, z.object({ snapshotId: z.string() }));
    const bytes = host.store.readBlob(`snapshot-${snapshotId}.json`);
    if (!bytes) throw new NoSuch(snapshotId);
    const saved = JSON.parse(Buffer.from(bytes).toString('utf8')) as { world: LiveWorld['world']; journal: string };
    if (saved.world.id !== id) return c.json({ error: 'the snapshot belongs to another world' }, 409);
    host.store.deleteWorld(id);
    host.store.appendJournal(id, 0, saved.journal);
    const live = reviveWorld({ worldId: id, json: JSON.stringify(saved.world), journal: saved.journal });
    host.worlds.set(id, live);
    host.persist(live);
    return c.json(worldView(host, live));
  });
}
