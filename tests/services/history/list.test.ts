import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { countWaiting } from '@/lib/services/approvals/count-waiting';
import { decideApproval } from '@/lib/services/approvals/decide';
import { readInbox } from '@/lib/services/approvals/inbox';
import { listConnections } from '@/lib/services/connections/list';
import { listHistory } from '@/lib/services/history/list';
import { openQuarantine, releaseQuarantine } from '@/lib/services/quarantine/open';
import { buildConnection, buildOwner, buildProject } from '../../factories';
import { buildLaunch, setOffset } from '../../fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const locale = 'en';

it('the history tells a decision by who took it, on what, in order, page by page, without a gap', async () => {
  const launch = await buildLaunch();
  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
  const { entries } = await listHistory(launch.ctx, { locale });
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => entries.length - index));
  const decided = entries.find(({ text }) => text === 'Approved new ads');
  expect(decided).toMatchObject({ who: 'You', kind: 'decisions', project: { id: launch.projectId, name: 'Padaria' } });
  expect(decided?.detail?.length).toBeGreaterThan(5);

  const paged: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await listHistory(launch.ctx, { locale, limit: 2, ...(before ? { beforeSeq: before } : {}) });
    paged.push(...page.entries.map(({ seq }) => seq));
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(paged).toEqual(entries.map(({ seq }) => seq));

  const decisions = await listHistory(launch.ctx, { locale, kind: 'decisions' });
  const others = await listHistory(launch.ctx, { locale, kind: 'other' });
  expect(decisions.entries.every(({ kind }) => kind === 'decisions')).toBe(true);
  expect(others.entries.every(({ kind }) => kind === 'other')).toBe(true);
  expect(decisions.entries.length).toBeGreaterThan(0);
});

it('a stranger sees nothing of it, and another shop of mine is left out when one is asked for', async () => {
  const launch = await buildLaunch();
  const stranger = await buildOwner();
  expect((await listHistory(stranger.ctx, { locale, projectId: launch.projectId })).entries).toEqual([]);
  const second = await buildProject(launch);
  const { entries } = await listHistory(launch.ctx, { locale, projectId: second.projectId });
  expect(entries.map(({ text }) => text)).toEqual(['Opened the shop']);
});

it('the inbox shows a waiting card whole, only to its workspace, and no longer once its time is over or it is decided', async () => {
  const launch = await buildLaunch();
  const [item] = await readInbox(launch.ctx);
  expect(item).toMatchObject({ approvalId: launch.approvalId, mayDecide: true, card: { hash: launch.hash } });
  expect(item?.card.kind).toBe('APPROVAL_REQUEST');
  expect(await countWaiting(launch.ctx)).toBe(1);
  const stranger = await buildOwner();
  expect([await readInbox(stranger.ctx), await countWaiting(stranger.ctx)]).toEqual([[], 0]);

  const late = await buildLaunch();
  await setOffset(late.ctx.workspaceId, 49 * 3_600_000);
  expect([await readInbox(late.ctx), await countWaiting(late.ctx)]).toEqual([[], 0]);

  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'decline' });
  expect([await readInbox(launch.ctx), await countWaiting(launch.ctx)]).toEqual([[], 0]);
});

it('connections name accounts, Pages and shops, never the token, and only of the workspace', async () => {
  const mine = await buildProject();
  await buildConnection(mine, { token: 'EAAsecret1234567890' });
  const list = await listConnections(mine.ctx, { now: new Date() });
  expect(list).toMatchObject([
    {
      pretend: true,
      state: 'HEALTHY',
      reason: null,
      granted: ['ads_management'],
      accounts: [{ name: 'Padaria', currency: 'EUR', shops: ['Padaria'], usedPercent: null, heldMinutes: 0 }],
      pages: ['Padaria'],
      projectId: mine.projectId,
    },
  ]);
  expect(JSON.stringify(list)).not.toContain('EAAsecret');

  await openQuarantine(mine.ctx, { connectionId: list[0]?.id ?? '', reason: 'manual' });
  const [held] = await listConnections(mine.ctx, { now: new Date() });
  expect(held).toMatchObject({ state: 'QUARANTINED', reason: 'quarantined', hold: { because: 'manual' } });
  await releaseQuarantine(mine.ctx, { quarantineId: held?.hold?.id ?? '' });
  expect(await listConnections(mine.ctx, { now: new Date() })).toEqual(list);
  expect(await listConnections((await buildOwner()).ctx, { now: new Date() })).toEqual([]);
});

it('the days a pretend login has left are counted in pretend time', async () => {
  const mine = await buildProject();
  const tokenExpiresAt = new Date(Date.now() + 60.5 * 86_400_000);
  await buildConnection(mine, { tokenExpiresAt });
  await setOffset(mine.ctx.workspaceId, 50 * 86_400_000);
  expect(await listConnections(mine.ctx, { now: new Date() })).toMatchObject([{ pretend: true, daysLeft: 10 }]);
});
