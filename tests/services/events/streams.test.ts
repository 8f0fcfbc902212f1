import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET } from '@/app/api/events/route';
import { auth } from '@/lib/http/auth';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { MOST_STREAMS } from '@/lib/services/events/open-stream';
import { removeMember } from '@/lib/services/members/remove';
import { createProject } from '@/lib/services/projects/create';
import { joinAs, type Person, signUpPerson } from '@/tests/fixtures/people';

/** Streams ask every two seconds; a crowded machine gets some more. */
const SOON_MS = 9_000;
let server: ReturnType<typeof serve>;
let address = '';

beforeAll(async () => {
  plugJobEngine();
  await new Promise<void>((resolve) => {
    server = serve({ fetch: (request) => GET(request, { params: Promise.resolve({}) }), port: 0 }, () => resolve());
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await closeSendingBoss();
  await closeDatabase();
});

type Open = { text: () => string; ended: Promise<number>; close: () => void };

/** A stream over a real connection, read in the background. `ended` tells when the server closed it. */
async function open(person: Person): Promise<Open> {
  const reader = new AbortController();
  const response = await fetch(address, { headers: { cookie: person.cookie }, signal: reader.signal });
  expect(response.status).toBe(200);
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    } catch {
      // Closed by this side.
    }
    return performance.now();
  })();
  await until(() => text.includes('id: '));
  return { text: () => text, ended, close: () => reader.abort() };
}

async function until(holds: () => boolean | Promise<boolean>, ms = SOON_MS): Promise<void> {
  const last = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function endsSoon(stream: Open): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SOON_MS));
  return Promise.race([stream.ended.then(() => true), late]);
}

describe('a stream of news', () => {
  it('tells what happens, and ends soon after its reader signs out', async () => {
    const person = await signUpPerson();
    const stream = await open(person);
    const ctx = {
      workspaceId: person.workspaceId,
      actor: { type: 'user' as const, id: person.userId },
      requestId: 't',
    };
    await createProject(ctx, { name: 'Padaria', locale: 'en', timezone: 'UTC' });
    await until(() => stream.text().includes('project.created'));
    await auth().api.signOut({ headers: new Headers({ cookie: person.cookie }) });
    expect(await endsSoon(stream)).toBe(true);
    expect((await fetch(address, { headers: { cookie: person.cookie } })).status).toBe(401);
  });

  it('ends soon after the session has run out', async () => {
    const person = await signUpPerson();
    const stream = await open(person);
    await inSystem((tx) =>
      tx.session.update({ where: { id: person.sessionId }, data: { expiresAt: new Date(Date.now() - 1_000) } }),
    );
    expect(await endsSoon(stream)).toBe(true);
  });

  it('ends soon after its reader was removed from the workspace, and tells nothing of it from then on', async () => {
    const owner = await signUpPerson();
    const guest = await joinAs(owner.workspaceId, 'analyst');
    const stream = await open(guest);
    const ctx = { workspaceId: owner.workspaceId, actor: { type: 'user' as const, id: owner.userId }, requestId: 't' };
    await removeMember(ctx, { userId: guest.userId });
    expect(await endsSoon(stream)).toBe(true);
    await createProject(ctx, { name: 'Secret', locale: 'en', timezone: 'UTC' });
    const again = await open(guest);
    await new Promise((resolve) => setTimeout(resolve, 500));
    again.close();
    expect(stream.text() + again.text()).not.toContain('project.created');
  });

  it('makes room when too many are open: the oldest ends and comes back late, the others go on', async () => {
    const person = await signUpPerson();
    const streams: Open[] = [];
    for (let count = 0; count <= MOST_STREAMS; count += 1) streams.push(await open(person));
    const [oldest, ...others] = streams as [Open, ...Open[]];
    expect(await endsSoon(oldest)).toBe(true);
    expect(oldest.text()).toContain('retry: 60000');
    const left = () => inSystem((tx) => tx.openStream.count({ where: { userId: person.userId } }));
    await until(async () => (await left()) === MOST_STREAMS);
    const someEnded = Promise.race(others.map(({ ended }) => ended.then(() => true)));
    expect(await Promise.race([someEnded, new Promise((resolve) => setTimeout(() => resolve(false), 3_000))])).toBe(
      false,
    );
    for (const stream of others) stream.close();
    await until(async () => (await left()) === 0);
  });
});
