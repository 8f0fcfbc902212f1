import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth } from '@/lib/http/auth';
import { readSession } from '@/lib/http/session';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import type { ServiceContext } from '@/lib/services/context';
import { acceptInvitation } from '@/lib/services/members/accept';
import { cancelInvitation } from '@/lib/services/members/cancel-invitation';
import { changeMemberRole } from '@/lib/services/members/change-role';
import { readInvitation } from '@/lib/services/members/invitation';
import { inviteMember } from '@/lib/services/members/invite';
import { listMembers } from '@/lib/services/members/list';
import { removeMember } from '@/lib/services/members/remove';
import { createProject } from '@/lib/services/projects/create';
import { switchWorkspace, workspaceOfProject } from '@/lib/services/workspaces/switch';
import { buildLaunch } from '@/tests/fixtures/launch';
import { joinAs, namelessPerson, type Person, signUpPerson } from '@/tests/fixtures/people';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const ctxOf = (person: Person, workspaceId = person.workspaceId): ServiceContext => ({
  workspaceId,
  actor: { type: 'user', id: person.userId },
  requestId: 'test',
});
const accept = (person: Person, invitationId: string) =>
  acceptInvitation({ invitationId, userId: person.userId, sessionId: person.sessionId, requestId: 'test' });
const sessionOf = (person: Person) => readSession(new Headers({ cookie: person.cookie }));
const eur = (minor: string) => ({ minor, currency: 'EUR' });

function lastMailTo(email: string): string {
  const box = process.env.OUTBOX_DIR ?? '';
  const mails = readdirSync(box)
    .sort()
    .map((name) => readFileSync(path.join(box, name), 'utf8'));
  const found = mails.filter((mail) => mail.includes(`To: ${email}`)).at(-1) ?? '';
  return found.replaceAll('=\r\n', '').replaceAll('=\n', '').replaceAll('=3D', '=');
}

describe('an invitation', () => {
  it('comes by mail, makes exactly the invited person a member, once, and opens the workspace', async () => {
    const owner = await signUpPerson();
    const guest = await signUpPerson();
    const other = await signUpPerson();
    const { invitationId } = await inviteMember(ctxOf(owner), {
      email: ` ${guest.email.toUpperCase()} `,
      role: 'manager',
      limit: eur('2000'),
    });
    expect(lastMailTo(guest.email)).toContain(`/invite/${invitationId}`);
    await expect(accept(other, invitationId)).rejects.toMatchObject({ code: 'invitation_for_another' });
    const joined = await Promise.allSettled([accept(guest, invitationId), accept(guest, invitationId)]);
    expect(joined.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(accept(guest, invitationId)).rejects.toMatchObject({ code: 'invitation_invalid' });
    expect(await sessionOf(guest)).toMatchObject({ role: 'manager', ctx: { workspaceId: owner.workspaceId } });
    const { members } = await listMembers(ctxOf(owner));
    expect(members.find(({ userId }) => userId === guest.userId)).toMatchObject({
      role: 'manager',
      limit: eur('2000'),
    });
    const audit = await inWorkspace(owner.workspaceId, (tx) => tx.auditEntry.findMany());
    expect(audit.map(({ action }) => action)).toEqual(['member.invited', 'member.joined']);
    expect(JSON.stringify(audit)).not.toContain(guest.email);
  });

  it('stops working when it is old, taken back, or sent again', async () => {
    const owner = await signUpPerson();
    const guest = await signUpPerson();
    const invite = () => inviteMember(ctxOf(owner), { email: guest.email, role: 'analyst', limit: null });
    const first = await invite();
    const second = await invite();
    await expect(readInvitation(first)).rejects.toMatchObject({ code: 'invitation_invalid' });
    await cancelInvitation(ctxOf(owner), second);
    await expect(accept(guest, second.invitationId)).rejects.toMatchObject({ code: 'invitation_invalid' });
    const third = await invite();
    await inSystem((tx) =>
      tx.invitation.update({ where: { id: third.invitationId }, data: { expiresAt: new Date(Date.now() - 1) } }),
    );
    await expect(accept(guest, third.invitationId)).rejects.toMatchObject({ code: 'invitation_invalid' });
  });

  it('is sent by nobody but an owner with an account, and belongs to one workspace', async () => {
    const owner = await signUpPerson();
    const terms = { email: 'guest@guest.test', role: 'analyst' as const, limit: null };
    for (const role of ['manager', 'analyst', 'client'] as const)
      await expect(inviteMember(ctxOf(await joinAs(owner.workspaceId, role)), terms)).rejects.toMatchObject({
        code: 'not_permitted',
      });
    await expect(inviteMember(ctxOf(await namelessPerson()), terms)).rejects.toMatchObject({ code: 'not_permitted' });
    const { invitationId } = await inviteMember(ctxOf(owner), terms);
    await expect(cancelInvitation(ctxOf(await signUpPerson()), { invitationId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a workspace', () => {
  it('never loses its last owner, not even when two remove one another at the same moment', async () => {
    const first = await signUpPerson();
    const ctx = ctxOf(first);
    const lower = { role: 'manager' as const, limit: null };
    await expect(removeMember(ctx, { userId: first.userId })).rejects.toMatchObject({ code: 'last_owner' });
    await expect(changeMemberRole(ctx, { userId: first.userId, ...lower })).rejects.toMatchObject({
      code: 'last_owner',
    });
    const second = await joinAs(first.workspaceId, 'owner');
    await Promise.allSettled([
      removeMember(ctx, { userId: second.userId }),
      removeMember(ctxOf(second), { userId: first.userId }),
      changeMemberRole(ctx, { userId: first.userId, ...lower }),
      changeMemberRole(ctxOf(second), { userId: second.userId, ...lower }),
    ]);
    const owners = await inSystem((tx) =>
      tx.member.count({ where: { organizationId: first.workspaceId, role: 'owner' } }),
    );
    expect(owners).toBeGreaterThanOrEqual(1);
  });

  it('is shut at once to somebody removed from it, whose own stays open', async () => {
    const owner = await signUpPerson();
    const guest = await joinAs(owner.workspaceId, 'client');
    expect((await sessionOf(guest))?.ctx.workspaceId).toBe(owner.workspaceId);
    await expect(removeMember(ctxOf(guest), { userId: owner.userId })).rejects.toMatchObject({ code: 'not_permitted' });
    await removeMember(ctxOf(owner), { userId: guest.userId });
    const after = await sessionOf(guest);
    expect(after?.ctx.workspaceId).not.toBe(owner.workspaceId);
    expect(after?.role).toBe('owner');
    await expect(
      switchWorkspace({ userId: guest.userId, sessionId: guest.sessionId, workspaceId: owner.workspaceId }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is found by a shop of it for its members, and for nobody else', async () => {
    const owner = await signUpPerson();
    const { projectId } = await createProject(ctxOf(owner), { name: 'Padaria', locale: 'en', timezone: 'UTC' });
    const guest = await joinAs(owner.workspaceId, 'analyst');
    expect(await workspaceOfProject({ userId: guest.userId, projectId })).toBe(owner.workspaceId);
    expect(await workspaceOfProject({ userId: (await signUpPerson()).userId, projectId })).toBeNull();
  });
});

describe('a manager', () => {
  it('approves to the limit and not one unit beyond it; the card goes on waiting', async () => {
    const launch = await buildLaunch();
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.updateMany({ data: { deltaMinor: 1000n, currency: 'EUR' } }),
    );
    const press = (person: Person) =>
      decideApproval(ctxOf(person, launch.ctx.workspaceId), {
        approvalId: launch.approvalId,
        hash: launch.hash,
        decision: 'approve',
      });
    const join = (minor: bigint | null, currency = 'EUR') =>
      joinAs(launch.ctx.workspaceId, 'manager', minor === null ? null : { minor, currency });
    for (const person of [await join(999n), await join(null), await join(9999n, 'USD')])
      await expect(press(person)).rejects.toMatchObject({ code: 'above_your_limit' });
    await expect(press(await join(1000n))).resolves.toEqual({ state: 'APPROVED' });
  });
});

describe('doors of the library that know other roles', () => {
  it('are shut', async () => {
    const owner = await signUpPerson();
    for (const door of [
      'organization/invite-member',
      'organization/update-member-role',
      'organization/remove-member',
      'organization/set-active',
      'organization/leave',
      'organization/accept-invitation',
      'sign-in/anonymous',
    ]) {
      const answer = await auth().handler(
        new Request(`http://localhost:3000/api/auth/${door}`, {
          method: 'POST',
          headers: { cookie: owner.cookie, origin: 'http://localhost:3000', 'content-type': 'application/json' },
          body: JSON.stringify({ organizationId: owner.workspaceId, role: 'owner' }),
        }),
      );
      expect([door, answer.status]).toEqual([door, 404]);
    }
  });
});
