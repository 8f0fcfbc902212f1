import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSession } from '@/lib/http/session';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { storeConnection } from '@/lib/services/connections/store';
import { createProject } from '@/lib/services/projects/create';
import { listProjects } from '@/lib/services/projects/list';
import { listWorkspaces } from '@/lib/services/workspaces/of-user';
import { pretendWorkspaceOf } from '@/lib/services/workspaces/pretend';
import { workspaceOfProject } from '@/lib/services/workspaces/switch';
import { takeOverWorkspaces } from '@/lib/services/workspaces/take-over';
import { namelessPerson, type Person, signUpPerson } from '@/tests/fixtures/people';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const ctxOf = (person: Person, workspaceId = person.workspaceId) => ({
  workspaceId,
  actor: { type: 'user' as const, id: person.userId },
  requestId: 'test',
});

/** Somebody without an account, with a shop. */
async function triedIt() {
  const nameless = await namelessPerson();
  const { projectId } = await createProject(ctxOf(nameless), { name: 'Pretend', locale: 'en', timezone: 'UTC' });
  return { nameless, projectId };
}

describe('who tried a pretend shop and then signs up', () => {
  it('owns it from then on, beside a workspace of their own, which is the one that opens', async () => {
    const { nameless, projectId } = await triedIt();
    const person = await signUpPerson(nameless.cookie);
    const workspaces = await listWorkspaces({ userId: person.userId, activeId: person.workspaceId });
    expect(workspaces.map(({ pretend, role, active }) => [pretend, role, active])).toEqual([
      [false, 'owner', true],
      [true, 'owner', false],
    ]);
    const session = await readSession(new Headers({ cookie: person.cookie }));
    expect(session?.ctx.workspaceId).toBe(person.workspaceId);
    expect(await listProjects(ctxOf(person))).toEqual([]);
    const there = await listProjects(ctxOf(person, nameless.workspaceId));
    expect(there.map(({ id }) => id)).toEqual([projectId]);
    expect(await workspaceOfProject({ userId: person.userId, projectId })).toBe(nameless.workspaceId);
  });

  it('leaves no nameless person behind, and the old cookie opens nothing', async () => {
    const { nameless } = await triedIt();
    await signUpPerson(nameless.cookie);
    expect(await inSystem((tx) => tx.user.count({ where: { id: nameless.userId } }))).toBe(0);
    expect(await readSession(new Headers({ cookie: nameless.cookie }))).toBeNull();
  });

  it('cannot take over what belongs to somebody with an account', async () => {
    const victim = await signUpPerson();
    const thief = await signUpPerson();
    const input = { fromUserId: victim.userId, toUserId: thief.userId, requestId: 'test' };
    expect(await takeOverWorkspaces(input)).toEqual({ workspaceIds: [] });
    expect(await inSystem((tx) => tx.member.count({ where: { organizationId: victim.workspaceId } }))).toBe(1);
  });
});

describe('a workspace for pretend shops', () => {
  it('is one per person, apart from their own', async () => {
    const person = await signUpPerson();
    const first = await pretendWorkspaceOf({ userId: person.userId, name: 'Pretend shops' });
    expect(await pretendWorkspaceOf({ userId: person.userId, name: 'Pretend shops' })).toBe(first);
    expect(first).not.toBe(person.workspaceId);
  });

  it('never takes a live account', async () => {
    const { nameless, projectId } = await triedIt();
    const login = {
      projectId,
      userId: nameless.userId,
      fbUserId: 'person',
      token: 'EAAlive1234567890',
      expiresAt: null,
      granted: [],
      declined: [],
      accounts: [],
      pages: [],
      simulatorWorldId: null,
    };
    await expect(storeConnection(ctxOf(nameless), { ...login, mode: 'LIVE' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
