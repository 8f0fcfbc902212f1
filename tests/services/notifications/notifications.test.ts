import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { upsertArtifact } from '@/lib/services/artifacts/upsert';
import { listNotifications } from '@/lib/services/notifications/list';
import { markNotificationRead } from '@/lib/services/notifications/mark-read';
import { notify } from '@/lib/services/notifications/notify';
import { buildOwner, buildProject, type Owner } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function addMember({ ctx }: Owner): Promise<string> {
  const userId = randomUUID();
  await inSystem(async (tx) => {
    await tx.user.create({ data: { id: userId, name: 'Rui', email: `${userId}@owner.test` } });
    await tx.member.create({ data: { id: randomUUID(), organizationId: ctx.workspaceId, userId, role: 'member' } });
  });
  return userId;
}
const ring = (owner: Owner, eventId?: string) =>
  notify(owner.ctx, {
    type: 'ALERT',
    key: 'campaign_paused',
    params: { campaign: 'Cakes' },
    ...(eventId ? { eventId } : {}),
  });

describe('the bell', () => {
  it('rings once for every member per event, however often and simultaneously', async () => {
    const owner = await buildOwner();
    const second = await addMember(owner);
    const eventId = randomUUID();
    await Promise.all([ring(owner, eventId), ring(owner, eventId), ring(owner, eventId)]);
    for (const userId of [owner.userId, second])
      expect((await listNotifications(owner.ctx, { userId })).unread).toBe(1);
    const events = await inWorkspace(owner.ctx.workspaceId, (tx) =>
      tx.event.count({ where: { type: 'notification.created' } }),
    );
    expect(events).toBe(1);
  });

  it('shows words made from key and parameters, newest first', async () => {
    const owner = await buildOwner();
    await ring(owner);
    await notify(owner.ctx, {
      type: 'REPORT',
      key: 'report_ready',
      params: { campaign: 'Cakes', since: '2026-11-16', until: '2026-11-22' },
    });
    const { notifications } = await listNotifications(owner.ctx, { userId: owner.userId });
    expect(notifications.map(({ title }) => title)).toEqual(['Your weekly report', 'Your ads are paused']);
    expect(notifications[0]).toMatchObject({ href: '/dashboard', read: false, body: expect.stringContaining('Cakes') });
  });

  it('is read once: a second press changes nothing and records nothing', async () => {
    const owner = await buildOwner();
    await ring(owner);
    const [one] = (await listNotifications(owner.ctx, { userId: owner.userId })).notifications;
    await Promise.all(
      [1, 2, 3].map(() => markNotificationRead(owner.ctx, { userId: owner.userId, notificationId: one?.id ?? '' })),
    );
    expect((await listNotifications(owner.ctx, { userId: owner.userId })).unread).toBe(0);
    expect(
      await inWorkspace(owner.ctx.workspaceId, (tx) => tx.event.count({ where: { type: 'notification.read' } })),
    ).toBe(1);
  });

  it('cannot be read by a colleague or another workspace', async () => {
    const [owner, stranger] = [await buildOwner(), await buildOwner()];
    const colleague = await addMember(owner);
    await notify(owner.ctx, { type: 'ALERT', key: 'campaign_paused', userIds: [owner.userId] });
    const notificationId = (await listNotifications(owner.ctx, { userId: owner.userId })).notifications[0]?.id ?? '';
    for (const [ctx, userId] of [
      [owner.ctx, colleague],
      [stranger.ctx, stranger.userId],
      [stranger.ctx, owner.userId],
    ] as const) {
      await expect(markNotificationRead(ctx, { userId, notificationId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('artifacts', () => {
  it('keep one per subject however many write it at once, with the newest content', async () => {
    const { ctx, projectId } = await buildProject();
    const save = (title: string) =>
      upsertArtifact(ctx, { projectId, type: 'IMAGE', title, content: { sha256: 'abc' }, subject: 'image:1' });
    await Promise.all([save('a'), save('b'), save('c')]);
    await save('last');
    expect(await listArtifacts(ctx, { projectId })).toMatchObject([
      { title: 'last', downloadHref: `/api/files/abc?workspace=${ctx.workspaceId}`, card: null },
    ]);
  });

  it('cannot be put into another workspace’s project, nor listed from there', async () => {
    const [mine, theirs] = [await buildProject(), await buildProject()];
    await upsertArtifact(theirs.ctx, {
      projectId: theirs.projectId,
      type: 'IMAGE',
      title: 'x',
      content: {},
      subject: 's',
    });
    await expect(
      upsertArtifact(mine.ctx, { projectId: theirs.projectId, type: 'IMAGE', title: 'y', content: {}, subject: 's' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(listArtifacts(mine.ctx, { projectId: theirs.projectId })).rejects.toMatchObject({ code: 'not_found' });
  });
});
