import type { Hono } from 'hono';
import { appOf } from '../auth/exchange';
import { ALL_SCOPES, revokePermission } from '../auth/permissions';
import { issueToken, LONG_LIFE_MS } from '../auth/tokens';
import type { AdminRoom } from './admin-room';
import { callBack, signedRequest } from './callbacks';
import { callbackDraft, permissionDraft, tokenDraft } from './drafts';
import { openAccess } from './world-view';

/** Tokens, permissions and what Meta tells an app about its people. */
export function peopleRoutes(app: Hono, { host, worldOf, read, NoSuch }: AdminRoom): void {
  app.post('/worlds/:id/tokens', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = await read(c, tokenDraft);
    if (draft.action === 'issue') {
      const isPlain = draft.kind === 'USER' && draft.lifeS === undefined && draft.scopes === undefined;
      if (isPlain) return c.json(openAccess(host, live, draft.appId), 201);
      const usualMs = draft.kind === 'SYSTEM_USER' ? 0 : LONG_LIFE_MS;
      const token = issueToken(live.world, {
        appId: draft.appId,
        kind: draft.kind,
        scopes: draft.scopes ?? [...ALL_SCOPES],
        nowMs: host.worldNow(live.world),
        lifeMs: draft.lifeS === undefined ? usualMs : draft.lifeS * 1000,
      });
      host.persist(live);
      const endsAt = token.expiresMs === 0 ? null : new Date(token.expiresMs).toISOString();
      return c.json({ accessToken: token.value, tokenExpiresAt: endsAt, appId: draft.appId }, 201);
    }
    const meant = live.world.tokens.filter(
      (token) => (draft.token === undefined || token.value === draft.token) && token.endedWith === undefined,
    );
    for (const token of meant) token.endedWith = draft.subcode ?? (draft.action === 'expire' ? 463 : 460);
    host.persist(live);
    return c.json({ ended: meant.length });
  });

  app.post('/worlds/:id/permissions', async (c) => {
    const live = worldOf(c.req.param('id'));
    const draft = await read(c, permissionDraft);
    live.world.grants[draft.appId] = { ...live.world.grants[draft.appId], [draft.permission]: draft.status };
    host.persist(live);
    return c.json({ permissions: live.world.grants[draft.appId] });
  });

  app.post('/worlds/:id/callbacks', async (c) => {
    const live = worldOf(c.req.param('id'));
    const { kind, url, appId } = await read(c, callbackDraft);
    const caller = appOf(host, appId);
    if (!caller) throw new NoSuch(appId);
    if (kind === 'deauthorize') {
      revokePermission(live.world, appId);
      host.persist(live);
    }
    return c.json(await callBack(url, signedRequest(caller, live.world.userId, host.worldNow(live.world))));
  });
}
