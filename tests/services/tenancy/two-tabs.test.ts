import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as readStored } from '@/app/api/files/[sha256]/route';
import { POST as release } from '@/app/api/stop/release/route';
import { POST as stop, GET as stopState } from '@/app/api/stop/route';
import { AdPicture } from '@/components/cards/ad-picture';
import { DrawnWorkspace } from '@/components/wire/file-href';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { storeFile } from '@/lib/services/files/store';
import { switchWorkspace } from '@/lib/services/workspaces/switch';
import { pngOf } from '@/tests/contract/meta/pictures';
import { buildProject } from '@/tests/factories';
import { joinAs, type Person } from '@/tests/fixtures/people';

const context = { params: Promise.resolve({}) };
let person: Person;
let first: string;
let second: string;

/** What a tab sends: the cookie all tabs share, and the workspace this one was drawn for. */
function tab(method: 'GET' | 'POST', drawnFor: string | null, body?: object): Request {
  return new Request('http://localhost:3000/api/stop', {
    method,
    headers: {
      cookie: person.cookie,
      origin: 'http://localhost:3000',
      ...(drawnFor === null ? {} : { 'x-workspace': drawnFor }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

const ordersOf = (workspaceId: string) => inWorkspace(workspaceId, (tx) => tx.stopOrder.count());

beforeAll(async () => {
  plugJobEngine();
  const project = await buildProject();
  first = project.ctx.workspaceId;
  person = await joinAs(first, 'owner');
  second = (await buildProject()).ctx.workspaceId;
  const other = await joinAs(second, 'owner');
  // The same person in both: the second workspace is opened in the session, the first is still drawn in an older tab.
  await inWorkspace(second, (tx) =>
    tx.member.updateMany({ where: { userId: other.userId }, data: { userId: person.userId } }),
  );
  await switchWorkspace({ userId: person.userId, sessionId: person.sessionId, workspaceId: second });
});

afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

describe('two tabs of one person in two workspaces', () => {
  it('the older tab’s "Stop everything" stops what that tab shows, not what the newer one opened', async () => {
    const answer = await stop(tab('POST', first, {}), context);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-workspace')).toBe(first);
    expect([await ordersOf(first), await ordersOf(second)]).toEqual([1, 0]);
  });

  it('each tab reads what belongs to it', async () => {
    const [older, newer] = await Promise.all([
      stopState(tab('GET', first), context),
      stopState(tab('GET', second), context),
    ]);
    expect(await older.json()).toMatchObject({ scope: 'workspace' });
    expect(await newer.json()).toMatchObject({ stopId: null });
  });

  it('a picture of the older tab is read where that tab was drawn, though it sends no header', async () => {
    const member = { workspaceId: first, actor: { type: 'user' as const, id: person.userId }, requestId: 'two-tabs' };
    const picture = { bytes: pngOf(40, 40, 3), mime: 'image/png', width: 40, height: 40 };
    const { sha256 } = await storeFile(member, picture);
    const asked = async (address: string) => {
      const request = new Request(`http://localhost:3000${address}`, { headers: { cookie: person.cookie } });
      return (await readStored(request, { params: Promise.resolve({ sha256 }) })).status;
    };
    const shown = renderToStaticMarkup(
      createElement(
        DrawnWorkspace,
        { workspaceId: first },
        createElement(AdPicture, { sha: sha256, alt: '', shape: 'square' }),
      ),
    );
    const address = /src="([^"]+)"/.exec(shown)?.[1] ?? '';
    expect(await asked(address)).toBe(200);
    // The session has the second workspace open, where there is no such picture.
    expect(await asked(`/api/files/${sha256}`)).toBe(404);
    expect(await asked(`/api/files/${sha256}?workspace=${second}`)).toBe(404);
  });

  it('a press from a page put together from both changes nothing and says so in plain words', async () => {
    const answer = await stop(tab('POST', 'unclear', {}), context);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      code: 'workspace_unclear',
      money: 'Nothing was spent and nothing was changed.',
      next: expect.stringContaining('Reload'),
    });
    expect([await ordersOf(first), await ordersOf(second)]).toEqual([1, 0]);
  });

  it('a program that names none works where its session is', async () => {
    expect(await (await stopState(tab('GET', null), context)).json()).toMatchObject({ stopId: null });
    expect((await stop(tab('POST', null, {}), context)).headers.get('x-workspace')).toBe(second);
  });

  it('a tab of a workspace the person has left can do nothing there', async () => {
    await inWorkspace(first, (tx) => tx.member.deleteMany({ where: { userId: person.userId, organizationId: first } }));
    const answer = await release(tab('POST', first, { stopId: 'any' }), context);
    expect(await answer.json()).toMatchObject({ code: 'workspace_unclear' });
    expect(await ordersOf(first)).toBe(1);
  });
});
