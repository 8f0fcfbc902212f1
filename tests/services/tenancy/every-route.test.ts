import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { may, ROLES, type Role } from '@/lib/domain/roles';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { startTurn } from '@/lib/services/turns/start';
import { buildLaunch } from '@/tests/fixtures/launch';
import { joinAs, type Person, signUpPerson } from '@/tests/fixtures/people';
import { type Ask, ROUTES, type World } from './route-table';

// Where the pretend platform would be; nothing here calls it.
vi.hoisted(() => {
  process.env.SIMULATOR_URL = 'http://127.0.0.1:1';
});

const root = path.resolve(import.meta.dirname, '../../..');
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Every handler the file system holds: "POST /api/projects/[projectId]/clock" -> its function. */
async function discover(): Promise<Map<string, Handler>> {
  const found = new Map<string, Handler>();
  for (const name of readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })) {
    if (path.basename(name) !== 'route.ts') continue;
    const file = path.join('app', name);
    const module = (await import(path.join(root, file))) as Record<string, Handler>;
    const place = `/${path.dirname(file).split(path.sep).slice(1).join('/')}`;
    for (const method of METHODS) if (module[method]) found.set(`${method} ${place}`, module[method]);
  }
  return found;
}

let handlers: Map<string, Handler>;
let world: World;
let elsewhere: Person;
const people = new Map<Role, Person>();

beforeAll(async () => {
  plugJobEngine();
  handlers = await discover();
  const launch = await buildLaunch();
  await inWorkspace(launch.ctx.workspaceId, async (tx) => {
    await tx.approval.updateMany({ data: { deltaMinor: 1000n, currency: 'EUR' } });
    await tx.facebookConnection.updateMany({ data: { simulatorWorldId: 'a-world' } });
  });
  const { turnId } = await startTurn(launch.ctx, {
    conversationId: launch.conversationId,
    cause: { type: 'greeting' },
  });
  const sha256 = launch.plan.adSets[0]?.ads[0]?.images.square ?? '';
  world = { launch, turnId, sha256, notificationId, invitationId };
  for (const role of ROLES)
    people.set(role, await joinAs(launch.ctx.workspaceId, role, { minor: 1_000_000n, currency: 'EUR' }));
  elsewhere = await signUpPerson();
}, 120_000);

afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function notificationId(userId: string): Promise<string> {
  const { workspaceId } = world.launch.ctx;
  const row = await inWorkspace(workspaceId, (tx) =>
    tx.notification.create({
      data: { workspaceId, userId, type: 'AGENT_UPDATE', key: 'changes_wanted', occurredAt: new Date() },
    }),
  );
  return row.id;
}

async function invitationId(): Promise<string> {
  const row = await inSystem((tx) =>
    tx.invitation.create({
      data: {
        id: randomUUID(),
        organizationId: world.launch.ctx.workspaceId,
        email: `${randomUUID()}@guest.test`,
        role: 'analyst',
        inviterId: world.launch.userId,
        expiresAt: new Date(Date.now() + 60_000),
      },
    }),
  );
  return row.id;
}

async function statusOf(key: string, who: Pick<Person, 'cookie' | 'workspaceId'>, ask: Ask): Promise<number> {
  return (await answerOf(key, who, ask)).status;
}

async function answerOf(
  key: string,
  { cookie, workspaceId }: Pick<Person, 'cookie' | 'workspaceId'>,
  ask: Ask,
): Promise<{ status: number; body: string }> {
  const [method = '', place = ''] = key.split(' ');
  const url = new URL(place, 'http://localhost:3000');
  for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
  const request = new Request(url, {
    method,
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(workspaceId ? { 'x-workspace': workspaceId } : {}),
      origin: 'http://localhost:3000',
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    ...(ask.form ? { body: ask.form } : {}),
  });
  const response = await (handlers.get(key) as Handler)(request, { params: Promise.resolve(ask.params ?? {}) });
  if (response.headers.get('content-type')?.includes('problem+json'))
    return { status: response.status, body: await response.text() };
  await response.body?.cancel();
  return { status: response.status, body: '' };
}

/** About the person, whatever workspace is open. */
const PERSONAL = ['POST /api/workspaces/[workspaceId]/switch', 'POST /api/invitations/[invitationId]/accept'];
const NOBODY = { cookie: '', workspaceId: '' };
const REFUSED = [401, 403, 404, 500];

it('every route handler has an entry, and every entry a handler', () => {
  expect([...handlers.keys()].sort()).toEqual(Object.keys(ROUTES).sort());
});

describe.each(Object.entries(ROUTES))('%s', (key, entry) => {
  if ('open' in entry) return it('is open to everybody', () => expect(handlers.has(key)).toBe(true));
  if ('secret' in entry)
    return it('is shut to everybody without the secret', async () => {
      for (const person of [NOBODY, people.get('owner') ?? NOBODY]) expect(await statusOf(key, person, {})).toBe(401);
    });
  const allowed = (role: Role) => !('verb' in entry) || may(role, entry.verb);

  it('is shut to strangers', async () => {
    expect(await statusOf(key, NOBODY, await entry.ask(world, 'nobody'))).toBe(401);
  });

  it('knows no row of another workspace', async () => {
    const status = await statusOf(key, elsewhere, await entry.ask(world, people.get('owner')?.userId ?? ''));
    if (entry.elsewhere === 404) expect(status).toBe(404);
    else expect([404, 500]).not.toContain(status);
  });

  // A page of somebody else's workspace, or one that says nothing: refused before anything is looked at.
  if (key.startsWith('POST') && !PERSONAL.includes(key))
    it.each([
      ['a workspace the person is no member of', () => world.launch.ctx.workspaceId],
      ['two workspaces at once', () => 'unclear'],
    ])('does nothing for a page that names %s', async (_, named) => {
      const ask = await entry.ask(world, people.get('owner')?.userId ?? '');
      const answer = await answerOf(key, { cookie: elsewhere.cookie, workspaceId: named() }, ask);
      expect(answer.status).toBe(409);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'workspace_unclear', referenceId: expect.any(String) });
    });

  // Those who may not come first, so that what they try is still there to be tried.
  it.each([...ROLES].sort((a, b) => Number(allowed(a)) - Number(allowed(b))))(
    'does for a %s what the matrix says',
    async (role) => {
      const person = people.get(role) as Person;
      const status = await statusOf(key, person, await entry.ask(world, person.userId));
      if (!allowed(role)) expect(status).toBe(403);
      // An invitation is for one address: nobody's role opens it.
      else if (key.startsWith('POST /api/invitations/')) expect(status).toBe(403);
      else expect(REFUSED).not.toContain(status);
    },
  );
});
