import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoute } from '@/lib/http/open-route';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { acceptInvitation } from '@/lib/services/members/accept';
import { changeMemberRole } from '@/lib/services/members/change-role';
import { inviteMember } from '@/lib/services/members/invite';
import { removeMember } from '@/lib/services/members/remove';
import { createStopLink, readStopLink, stopByLink } from '@/lib/services/stops/link';
import { readStop } from '@/lib/services/stops/read';
import { buildProject } from '../../factories';
import { joinAs, signUpPerson } from '../../fixtures/people';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const accept = (invitationId: string, person: { userId: string; sessionId: string }) =>
  acceptInvitation({ invitationId, userId: person.userId, sessionId: person.sessionId, requestId: randomUUID() });

describe('somebody who was removed', () => {
  it('cannot stop the ads by the link in an old mail, nor see the shop behind it', async () => {
    const project = await buildProject();
    const { ctx, projectId } = project;
    const person = await joinAs(ctx.workspaceId, 'manager');
    const { url } = await createStopLink(ctx, { projectId, userId: person.userId });
    expect((await readStopLink(tokenOf(url))).state).toBe('ready');
    await changeMemberRole(ctx, { userId: person.userId, role: 'analyst', limit: null });
    await expect(stopByLink(tokenOf(url))).rejects.toMatchObject({ code: 'not_permitted' });
    await changeMemberRole(ctx, { userId: person.userId, role: 'client', limit: null });
    expect((await readStopLink(tokenOf(url))).state).toBe('ready');
    await removeMember(ctx, { userId: person.userId });
    await expect(stopByLink(tokenOf(url))).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await readStopLink(tokenOf(url))).toEqual({ state: 'revoked', projectName: null, stop: null });
    expect((await readStop(ctx)).stopId).toBeNull();
  });

  it('has left no way back in: an invitation of theirs opens no more', async () => {
    const { ctx } = await buildProject();
    const owner = await joinAs(ctx.workspaceId, 'owner');
    const asOwner = { ...ctx, actor: { type: 'user' as const, id: owner.userId } };
    const friend = await signUpPerson();
    const invite = () => inviteMember(asOwner, { email: friend.email, role: 'owner', limit: null });
    const first = await invite();
    await changeMemberRole(ctx, { userId: owner.userId, role: 'manager', limit: null });
    await expect(accept(first.invitationId, friend)).rejects.toMatchObject({ code: 'invitation_invalid' });
    await changeMemberRole(ctx, { userId: owner.userId, role: 'owner', limit: null });
    const second = await invite();
    await removeMember(ctx, { userId: owner.userId });
    await expect(accept(second.invitationId, friend)).rejects.toMatchObject({ code: 'invitation_invalid' });
    const members = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.member.count({ where: { organizationId: ctx.workspaceId } }),
    );
    expect(members).toBe(1);
  });
});

describe('an invitation', () => {
  it('pressed many times at once makes one member, and is worth nothing to whom it was not sent', async () => {
    const project = await buildProject();
    await inSystem((tx) => tx.user.updateMany({ where: { id: project.userId }, data: { isAnonymous: false } }));
    const [friend, stranger] = [await signUpPerson(), await signUpPerson()];
    const { invitationId } = await inviteMember(project.ctx, { email: friend.email, role: 'client', limit: null });
    await expect(accept(invitationId, stranger)).rejects.toMatchObject({ code: 'invitation_for_another' });
    const pressed = await Promise.allSettled(Array.from({ length: 8 }, () => accept(invitationId, friend)));
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows = await inSystem((tx) =>
      tx.member.findMany({ where: { organizationId: project.ctx.workspaceId, userId: friend.userId } }),
    );
    expect(rows.map(({ role }) => role)).toEqual(['client']);
    // Removed again, the same link does not let them in a second time.
    await removeMember(project.ctx, { userId: friend.userId });
    await expect(accept(invitationId, friend)).rejects.toMatchObject({ code: 'invitation_invalid' });
  });
});

describe('addresses without a session', () => {
  it('with a NUL or nonsense in them are nobody’s', async () => {
    const echo = openRoute({ name: 'echo-open', limitPerMinute: 5 }, async () => new Response('in'));
    const answer = await echo(new Request('http://localhost/x', { method: 'POST' }), {
      params: Promise.resolve({ token: 'a\0b' }),
    });
    expect(answer.status).toBe(404);
    for (const token of ['a\0.b', '\0', '__proto__.x', `${'9'.repeat(5_000)}.x`, '../../x.y', '%00.%00'])
      await expect(readStopLink(token)).rejects.toMatchObject({ code: 'not_found' });
  });
});
