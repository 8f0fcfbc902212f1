import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as deauthorize } from '@/app/api/auth/facebook/deauthorize/route';
import { POST as deletion } from '@/app/api/auth/facebook/deletion/route';
import DataDeletion from '@/app/data-deletion/page';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { accessFor } from '@/lib/services/connections/access';
import { pretendKey } from '@/lib/services/connections/receive-signed';
import { pointAt } from '@/tests/contract/meta/environment';
import type { Simulator } from '@/tests/contract/meta/simulator-process';
import { connectedShop, eventsOf, loginOf, type Shop, signIn, startSimulator } from './world';

let simulator: Simulator;
let app: { url: string; stop: () => Promise<void> };

beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url);
  process.env.FACEBOOK_APP_ID = 'live-app';
  process.env.FACEBOOK_APP_SECRET = 'live-secret';
  plugJobEngine();
  app = await serve({ '/api/auth/facebook/deauthorize': deauthorize, '/api/auth/facebook/deletion': deletion });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await closeSendingBoss();
  await closeDatabase();
  await simulator?.stop();
});

/** Our route handlers behind a real socket. */
async function serve(routes: Record<string, (request: Request) => Promise<Response>>) {
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://app.test');
    const handler = routes[url.pathname];
    const answer = handler
      ? await handler(new Request(url, { method: 'POST', body: Buffer.concat(chunks) }))
      : new Response(null, { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

type Kind = 'deauthorize' | 'deletion';
const address = (kind: Kind, pretend: string | null = pretendKey()) =>
  `${app.url}/api/auth/facebook/${kind}${pretend === null ? '' : `?pretend=${encodeURIComponent(pretend)}`}`;
function signed(userId: string, secret = 'simulated-secret', more: object = {}): string {
  const payload = Buffer.from(
    JSON.stringify({ algorithm: 'HMAC-SHA256', issued_at: Math.floor(Date.now() / 1000), user_id: userId, ...more }),
  ).toString('base64url');
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
}
async function post(url: string, body: string) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}
const send = (kind: Kind, text: string, pretend?: string | null) =>
  post(address(kind, pretend), new URLSearchParams({ signed_request: text }).toString());

const page = async (code: string) =>
  renderToStaticMarkup(await DataDeletion({ searchParams: Promise.resolve({ code }) }));
const untouched = async (shop: Shop) => expect(await loginOf(shop.ctx)).toMatchObject({ status: 'HEALTHY' });

describe('a person removes the app at Facebook', () => {
  it('disconnects every login of theirs, forgets the tokens, tells the owner and the audit trail', async () => {
    const [shop, other] = [await connectedShop(), await connectedShop()];
    const answer = (await simulator.admin('POST', `worlds/${shop.world.worldId}/callbacks`, {
      kind: 'deauthorize',
      url: address('deauthorize'),
    })) as { status: number };
    expect(answer.status).toBe(200);
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'REVOKED', statusReason: 'app_removed', accessToken: '' });
    await expect(accessFor(shop.ctx, { projectId: shop.projectId })).rejects.toMatchObject({
      code: 'platform_reauthorise',
    });
    await expect(accessFor(shop.ctx, { projectId: shop.projectId, evenIfBroken: true })).rejects.toMatchObject({
      code: 'platform_reauthorise',
    });
    const revoked = (await eventsOf(shop.ctx)).filter((event) => event.type === 'connection.revoked');
    expect(revoked).toMatchObject([{ projectId: shop.projectId, actor: { name: 'facebook-deauthorise' } }]);
    const audit = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.auditEntry.findMany({ where: { action: 'connection.revoked' } }),
    );
    expect(audit).toHaveLength(1);
    await untouched(other);
  });

  it('in two workspaces at once, both lose it', async () => {
    const shop = await connectedShop();
    const second = await connectedShop();
    await signIn(second, shop.world);
    await send('deauthorize', signed(shop.world.userId));
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'REVOKED' });
    const theirs = await inWorkspace(second.ctx.workspaceId, (tx) =>
      tx.facebookConnection.findMany({ select: { fbUserId: true, status: true } }),
    );
    expect(theirs.filter((login) => login.status === 'REVOKED')).toEqual([
      { fbUserId: shop.world.userId, status: 'REVOKED' },
    ]);
  });
});

describe('a person asks for deletion', () => {
  it('gets a code and a page; identity, token, pixels and names found are gone, the records stay', async () => {
    const shop = await connectedShop();
    const before = await loginOf(shop.ctx);
    const answered = (await simulator.admin('POST', `worlds/${shop.world.worldId}/callbacks`, {
      kind: 'deletion',
      url: address('deletion'),
    })) as { status: number; body: string };
    const { url, confirmation_code: code } = JSON.parse(answered.body) as Record<string, string>;
    expect(answered.status).toBe(200);
    expect(new URL(url ?? '').searchParams.get('code')).toBe(code);
    const rows = await inWorkspace(shop.ctx.workspaceId, async (tx) => ({
      logins: await tx.facebookConnection.findMany(),
      accounts: await tx.adAccount.findMany(),
      pages: await tx.platformPage.findMany(),
      pixels: await tx.platformPixel.findMany(),
      events: await tx.event.findMany(),
      audit: await tx.auditEntry.findMany(),
    }));
    expect(rows.pixels).toEqual([]);
    expect(rows.logins).toMatchObject([{ id: before.id, accessToken: '', status: 'REVOKED', scopes: [] }]);
    const everything = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
    const [account, shopPage] = [shop.world.adAccounts[0], shop.world.pages[0]];
    for (const secret of [shop.world.userId, shop.world.accessToken, before.accessToken, account?.name, shopPage?.name])
      expect(everything).not.toContain(`"${secret}"`);
    expect(rows.accounts).toMatchObject([{ externalId: account?.id, name: 'Removed ad account' }]);
    const request = await inSystem((tx) => tx.deletionRequest.findUniqueOrThrow({ where: { code: code ?? '' } }));
    expect(request).toMatchObject({ state: 'DONE', connections: 1 });
    expect(JSON.stringify(request)).not.toContain(shop.world.userId);
    const shown = await page(code ?? '');
    expect(shown).toContain('is deleted');
    expect(shown).not.toContain(shop.world.userId);
  });

  it('somebody we never knew gets a code and a page all the same, and nothing else happens', async () => {
    const shop = await connectedShop();
    const { status, body } = await send('deletion', signed('4711'));
    expect(status).toBe(200);
    expect(await page(body.confirmation_code ?? '')).toContain('is deleted');
    await untouched(shop);
  });

  it('a code nobody was given tells nothing, whatever it looks like', async () => {
    for (const code of ['', 'x'.repeat(32), "' OR 1=1 --", 'a'.repeat(4_000)])
      expect(await page(code)).toContain('know no such');
  });
});

describe('what Meta did not sign', () => {
  it.each([
    ['another secret', (id: string) => signed(id, 'guess')],
    ['no signature', (id: string) => `.${signed(id).split('.')[1]}`],
    [
      'another person under an old signature',
      (id: string) => `${signed('1').split('.')[0]}.${signed(id).split('.')[1]}`,
    ],
    ['an algorithm of its own', (id: string) => signed(id, 'simulated-secret', { algorithm: 'none' })],
    ['an expired one', (id: string) => signed(id, 'simulated-secret', { expires: 1_000 })],
    ['nothing', () => ''],
    ['20 KB', () => 'x'.repeat(20_000)],
  ])('%s is refused and changes nothing', async (_name, forge) => {
    const shop = await connectedShop();
    for (const kind of ['deauthorize', 'deletion'] as const) {
      const { status, body } = await send(kind, forge(shop.world.userId));
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain(shop.world.userId);
    }
    await untouched(shop);
  });

  it("the simulator's well-known secret opens nothing without the key of this installation, and never a live login", async () => {
    const shop = await connectedShop();
    for (const pretend of [null, '', 'guess', `${pretendKey()}x`])
      expect((await send('deauthorize', signed(shop.world.userId), pretend)).status).toBe(403);
    await inWorkspace(shop.ctx.workspaceId, (tx) => tx.facebookConnection.updateMany({ data: { mode: 'LIVE' } }));
    await send('deauthorize', signed(shop.world.userId));
    await untouched(shop);
    expect((await send('deauthorize', signed(shop.world.userId, 'live-secret'), null)).status).toBe(200);
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'REVOKED' });
  });

  it('another body than a form is refused', async () => {
    for (const body of ['{"signed_request":"x"}', '', 'signed_request='])
      expect((await post(address('deletion'), body)).status).toBe(403);
  });
});

describe('the same request again', () => {
  it('answers the same code and leaves a connection made anew alone, however its signature is spelled', async () => {
    const shop = await connectedShop();
    const text = signed(shop.world.userId);
    const first = await send('deletion', text);
    await signIn(shop, shop.world);
    const [signature, payload] = text.split('.');
    for (const again of [text, `${signature}=.${payload}`]) {
      const { status, body } = await send('deletion', again);
      expect([status, body.confirmation_code]).toEqual([200, first.body.confirmation_code]);
    }
    const logins = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.facebookConnection.findMany({ select: { status: true }, orderBy: { createdAt: 'asc' } }),
    );
    expect(logins).toEqual([{ status: 'REVOKED' }, { status: 'HEALTHY' }]);
  });

  it('ten at once are one', async () => {
    const shop = await connectedShop();
    const text = signed(shop.world.userId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('deauthorize', text)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const revoked = (await eventsOf(shop.ctx)).filter((event) => event.type === 'connection.revoked');
    expect(revoked).toHaveLength(1);
  });
});
